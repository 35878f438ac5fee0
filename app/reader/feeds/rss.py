"""A feed as RSS 2.0 (rssboard.org/rss-specification), with the whole text in `content:encoded`."""

from __future__ import annotations

from email.utils import format_datetime
from xml.etree import ElementTree as ET

from app.reader.feeds.entries import Feed, FeedEntry
from app.reader.feeds.markup import ATOM, CONTENT, DUBLIN_CORE, add, add_image, document

NAME = "rss.xml"
MEDIA_TYPE = "application/rss+xml"


def printed(feed: Feed) -> bytes:
    """The document."""
    root = ET.Element("rss", version="2.0")
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.url)
    add(channel, "description", feed.description)
    add(channel, "language", feed.language)
    if feed.entries:
        add(channel, "lastBuildDate", format_datetime(feed.updated_at))
    add(
        channel,
        f"{{{ATOM}}}link",
        href=f"{feed.folder}/{NAME}",
        rel="self",
        type=MEDIA_TYPE,
    )
    if feed.hub:
        add(channel, f"{{{ATOM}}}link", href=feed.hub, rel="hub")
    for entry in feed.entries:
        _add_item(channel, entry)
    return document(root)


def _add_item(channel: ET.Element, entry: FeedEntry) -> None:
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.id, isPermaLink="false")
    add(item, "pubDate", format_datetime(entry.published_at))
    for author in entry.authors:
        add(item, f"{{{DUBLIN_CORE}}}creator", author.name)
    for category in entry.categories:
        add(item, "category", category.name)
    add(item, "description", entry.summary)
    add(item, f"{{{CONTENT}}}encoded", entry.html)
    add(item, f"{{{DUBLIN_CORE}}}language", entry.language)
    if entry.image:
        add_image(item, entry.image)
