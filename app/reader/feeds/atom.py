"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from app.reader.feeds.entries import Feed, FeedEntry, FeedLink
from app.reader.feeds.markup import ATOM, XML_LANG, add, add_image, document

NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"


def printed(feed: Feed) -> bytes:
    """The document."""
    address = f"{feed.folder}/{NAME}"
    root = ET.Element(_of_atom("feed"), {XML_LANG: feed.language})
    add(root, _of_atom("id"), address)
    add(root, _of_atom("title"), feed.title)
    add(root, _of_atom("subtitle"), feed.description)
    add(root, _of_atom("updated"), _moment(feed.updated_at))
    add(root, _of_atom("link"), href=feed.url, rel="alternate", type="text/html")
    add(root, _of_atom("link"), href=address, rel="self", type=MEDIA_TYPE)
    if feed.hub:
        add(root, _of_atom("link"), href=feed.hub, rel="hub")
    _add_author(root, feed.publisher)
    for entry in feed.entries:
        _add_entry(root, entry)
    return document(root)


def _add_entry(root: ET.Element, entry: FeedEntry) -> None:
    element = add(root, _of_atom("entry"))
    element.set(XML_LANG, entry.language)
    add(element, _of_atom("id"), entry.id)
    add(element, _of_atom("title"), entry.title)
    add(element, _of_atom("link"), href=entry.url, rel="alternate", type="text/html")
    add(element, _of_atom("published"), _moment(entry.published_at))
    add(element, _of_atom("updated"), _moment(entry.updated_at))
    for author in entry.authors:
        _add_author(element, author)
    for category in entry.categories:
        add(element, _of_atom("category"), term=category.name)
    add(element, _of_atom("summary"), entry.summary)
    add(element, _of_atom("content"), entry.html, type="html")
    if entry.image:
        add_image(element, entry.image)


def _add_author(parent: ET.Element, author: FeedLink) -> None:
    person = add(parent, _of_atom("author"))
    add(person, _of_atom("name"), author.name)
    add(person, _of_atom("uri"), author.url)


def _of_atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
