"""Feeds of the site, a section, a topic or an author: one list of entries, printed in three formats."""

from werkzeug.urls import iri_to_uri

from app.reader.feeds import atom, jsonfeed, rss

# Media type and file name of each format, for the heads of pages.
FORMATS = tuple((each.MEDIA_TYPE, each.NAME) for each in (rss, atom, jsonfeed))


def folder(base: str, page: str) -> str:
    """Where the feeds of what `page` (`"/politics"`) lists are, for a site at the address `base`.

    A hub knows a feed by its address, letter by letter, so it is a URI: no umlaut in the site's name is
    left to be written in one way or another.
    """
    return iri_to_uri(f"{base}/feeds{page.rstrip('/')}")


def addresses(base: str, page: str) -> tuple[str, ...]:
    """The feeds of what `page` lists, in every format."""
    return tuple(f"{folder(base, page)}/{name}" for _media_type, name in FORMATS)
