"""Reads feeds with a strict parser. Used by the tests of feeds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
FILES = ("rss.xml", "atom.xml", "feed.json")
TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
# What JSON Feed 1.1 knows, and what it asks for.
_FEED_KEYS = {
    *("version", "title", "home_page_url", "feed_url", "description", "language", "authors"),
    *("hubs", "items"),
}
_ITEM_KEYS = {
    *("id", "url", "title", "summary", "content_html", "image", "date_published"),
    *("date_modified", "authors", "tags", "language"),
}


@dataclass(frozen=True)
class Read:
    """An entry as any of the three formats gives it."""

    id: str
    url: str
    title: str
    html: str
    published: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]


def read(file: str, data: bytes) -> list[Read]:
    """The entries of a feed; fails where a strict reader would complain."""
    if file == "feed.json":
        return [_read_item(item) for item in _json_items(data)]
    parsed = feedparser.parse(data, response_headers={"content-type": TYPES[file]})
    assert not parsed.bozo, parsed.bozo_exception
    root = ET.fromstring(data)
    found = [_read_rss(each) for each in root.iter("item")]
    found = found or [_read_atom(each) for each in root.iter(f"{ATOM}entry")]
    assert [each.id for each in parsed.entries] == [each.id for each in found]
    assert [each.link for each in parsed.entries] == [each.url for each in found]
    assert all(each.published_parsed for each in parsed.entries)
    return found


def _read_rss(item: ET.Element) -> Read:
    creators = item.findall("{http://purl.org/dc/elements/1.1/}creator")
    return Read(
        id=text(item, "guid"),
        url=text(item, "link"),
        title=text(item, "title"),
        html=text(item, CONTENT),
        published=datetime.strptime(text(item, "pubDate"), "%a, %d %b %Y %H:%M:%S %z"),
        authors=tuple(each.text or "" for each in creators),
        tags=tuple(each.text or "" for each in item.findall("category")),
    )


def _read_atom(entry: ET.Element) -> Read:
    links = [each.get("href", "") for each in entry.findall(f"{ATOM}link")]
    return Read(
        id=text(entry, f"{ATOM}id"),
        url=links[0],
        title=text(entry, f"{ATOM}title"),
        html=text(entry, f"{ATOM}content"),
        published=datetime.fromisoformat(text(entry, f"{ATOM}published")),
        authors=tuple(text(each, f"{ATOM}name") for each in entry.findall(f"{ATOM}author")),
        tags=tuple(each.get("term", "") for each in entry.findall(f"{ATOM}category")),
    )


def _read_item(item: dict[str, Any]) -> Read:
    return Read(
        id=item["id"],
        url=item["url"],
        title=item["title"],
        html=item["content_html"],
        published=datetime.fromisoformat(item["date_published"]),
        authors=tuple(each["name"] for each in item["authors"]),
        tags=tuple(item["tags"]),
    )


def _json_items(data: bytes) -> list[dict[str, Any]]:
    feed: dict[str, Any] = json.loads(data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"version", "title", "items"} <= feed.keys() <= _FEED_KEYS
    items: list[dict[str, Any]] = feed["items"]
    for item in items:
        assert {"id", "content_html"} <= item.keys() <= _ITEM_KEYS
        for moment in (item["date_published"], item["date_modified"]):
            assert datetime.fromisoformat(moment).tzinfo is not None
    assert len({item["id"] for item in items}) == len(items)
    return items


def text(parent: ET.Element, name: str) -> str:
    """The text of the one child called `name`."""
    (child,) = parent.findall(name)
    return child.text or ""
