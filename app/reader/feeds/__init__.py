"""Feeds of the site, a section, a topic or an author: one list of entries, printed in three formats."""

from collections.abc import Callable
from typing import NamedTuple

from werkzeug.urls import iri_to_uri

from app.reader.feeds import atom, jsonfeed, rss
from app.reader.feeds.entries import Feed


class FeedFormat(NamedTuple):
    """One way to print a feed: its media type, and what makes the document."""

    media_type: str
    printed: Callable[[Feed], bytes]


# By the name of the file, in the order in which the heads of pages name them.
FORMATS = {
    rss.NAME: FeedFormat(rss.MEDIA_TYPE, rss.printed),
    atom.NAME: FeedFormat(atom.MEDIA_TYPE, atom.printed),
    jsonfeed.NAME: FeedFormat(jsonfeed.MEDIA_TYPE, jsonfeed.printed),
}


def folder(base: str, page: str) -> str:
    """Where the feeds of what `page` (`"/politics"`) lists are, for a site at the address `base`.

    A hub compares the addresses of feeds character by character. So this is a URI, in which a letter such as
    an umlaut has only one form.
    """
    return iri_to_uri(f"{base}/feeds{page.rstrip('/')}")


def addresses(base: str, page: str) -> tuple[str, ...]:
    """The feeds of what `page` lists, in every format."""
    return tuple(f"{folder(base, page)}/{name}" for name in FORMATS)
