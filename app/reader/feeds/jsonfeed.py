"""A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from app.reader.feeds.entries import Feed, FeedEntry, FeedLink

NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"


def printed(feed: Feed) -> bytes:
    """The document."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.url,
        "feed_url": f"{feed.folder}/{NAME}",
        "language": feed.language,
        "authors": _authors((feed.publisher,)),
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published_at.isoformat(timespec="seconds"),
        "date_modified": entry.updated_at.isoformat(timespec="seconds"),
        "authors": _authors(entry.authors),
        "tags": [each.name for each in entry.categories],
        "language": entry.language,
    }
    if entry.image:
        item["image"] = entry.image.url
    return item


def _authors(authors: tuple[FeedLink, ...]) -> list[dict[str, str]]:
    return [{"name": each.name, "url": each.url} for each in authors]
