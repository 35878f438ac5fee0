"""Sitemaps (sitemaps.org/protocol.html): an index, its parts, and the news sitemap; robots.txt names them.

Hung into the reader's blueprint by `reader/views`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app

from app.core import clock
from app.core.addresses import cached, reserve
from app.core.config import Settings
from app.core.errors import NotFound
from app.live.queries import sitemap
from app.live.queries.sitemap import SitemapKind
from app.reader.caching import never_show_stale
from app.reader.fault_isolation import isolated_each
from app.reader.printing import one_line

bp = Blueprint("sitemaps", __name__)
cached(bp)
reserve(bp, "sitemap")

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@bp.get("/sitemap.xml")
def index() -> Response:
    """The index: the lists, then one part for each range of authors, of topics and of stories."""
    base = _settings().base_url
    changes = [each.changed_at for each in sitemap.lists() if each.changed_at]
    lists = _named("sitemap", base, "/sitemaps/lists.xml", max(changes, default=None))
    return _document(
        "sitemapindex",
        [
            lists,
            *_parts(base, SitemapKind.AUTHORS, "/sitemaps/authors"),
            *_parts(base, SitemapKind.TOPICS, "/sitemaps/topics"),
            *_parts(base, SitemapKind.STORIES, "/sitemaps"),
        ],
    )


def _parts(base: str, kind: SitemapKind, folder: str) -> Iterator[str]:
    def named(part: sitemap.SitemapPart) -> str:
        return _named("sitemap", base, f"{folder}/{part.number}.xml", part.changed_at)

    return isolated_each(named, sitemap.parts(kind))


@bp.get("/sitemaps/lists.xml")
def lists() -> Response:
    """The front page, the corrections and the sections."""
    base = _settings().base_url
    found = sitemap.lists()
    return _document("urlset", (_named("url", base, each.path, each.changed_at) for each in found))


@bp.get("/sitemaps/authors/<number>.xml")
def authors(number: str) -> Response:
    """One range of the authors that have stories. Raises `NotFound` for an empty range."""
    return never_show_stale(_part(SitemapKind.AUTHORS, number))


@bp.get("/sitemaps/topics/<number>.xml")
def topics(number: str) -> Response:
    """One range of the topics that have stories. Raises `NotFound` for an empty range."""
    return never_show_stale(_part(SitemapKind.TOPICS, number))


@bp.get("/sitemaps/<number>.xml")
def part(number: str) -> Response:
    """One range of the live stories. Raises `NotFound` for an empty range."""
    return _part(SitemapKind.STORIES, number)


def _part(kind: SitemapKind, number: str) -> Response:
    found = sitemap.part(kind, int(number)) if _NUMBER.fullmatch(number) else ()
    if not found:
        raise NotFound
    base = _settings().base_url
    return _document("urlset", isolated_each(partial(in_part, base), found))


@bp.get("/sitemaps/news.xml")
def news() -> Response:
    """Yesterday's and today's stories, by the site's zone (developers.google.com, news sitemaps).

    Google asks for the last two days. Whole days, because a kept page is made anew at midnight.
    """
    settings = _settings()
    found = sitemap.news(_start_of_yesterday(settings))
    return _document("urlset", isolated_each(partial(in_news, settings), found), NEWS)


def _settings() -> Settings:
    settings: Settings = current_app.config["STET"]
    return settings


def _start_of_yesterday(settings: Settings) -> datetime:
    today = clock.now().astimezone(settings.timezone)
    return (today - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def in_part(base: str, story: sitemap.SitemapAddress) -> str:
    """A story, or a list of stories, in the part that holds it."""
    return f"<url>{_loc(base, story.path)}{_lastmod(story.changed_at)}</url>"


def in_news(settings: Settings, story: sitemap.NewsAddress) -> str:
    """A story in the news sitemap."""
    return (
        f"<url>{_loc(settings.base_url, story.path)}<news:news><news:publication>"
        f"<news:name>{_text(settings.site_name)}</news:name>"
        f"<news:language>{_text(story.language)}</news:language></news:publication>"
        f"<news:publication_date>{_moment(story.published_at)}</news:publication_date>"
        f"<news:title>{_text(story.headline)}</news:title></news:news></url>"
    )


def _named(element: str, base: str, path: str, changed_at: datetime | None) -> str:
    """What changes in ways that nobody notes has no `lastmod`."""
    changed = _lastmod(changed_at) if changed_at else ""
    return f"<{element}>{_loc(base, path)}{changed}</{element}>"


def _loc(base: str, path: str) -> str:
    return f"<loc>{escape(base + path)}</loc>"


def _lastmod(moment: datetime) -> str:
    return f"<lastmod>{_moment(moment)}</lastmod>"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return escape(one_line(text))


def _document(root: str, inner: Iterable[str], more: str = "") -> Response:
    return Response(printed(root, inner, more), content_type="application/xml; charset=utf-8")


def printed(root: str, inner: Iterable[str], more: str = "") -> bytes:
    """The whole document: `inner` in an element `root` with the attributes `more`."""
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}"{more}>\n'
    whole = "\n".join(inner)
    return f"{start}{whole}\n</{root}>\n".encode()
