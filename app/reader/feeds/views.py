"""The feeds' addresses: `/feeds/…` for the site, a section, a topic and an author, in three formats.

Hung into the reader's blueprint by `reader/views`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, current_app, request

from app.core.addresses import cached
from app.core.config import Settings
from app.core.errors import NotFound
from app.core.language import localization
from app.live.queries import stories
from app.live.queries.corrections import newest_corrections
from app.live.queries.since import unchanged_since
from app.live.shapes import Story
from app.reader.addresses import slug_in
from app.reader.feeds import FORMATS, folder
from app.reader.feeds.entries import Feed, FeedEntry, FeedLink, entries, notice_entries
from app.reader.printing import one_line
from app.taxonomy.queries import author_at, category_at, topic_at

bp = Blueprint("feeds", __name__, url_prefix="/feeds")
cached(bp)


@bp.before_request
def know_the_format() -> None:
    """Refuse any other file before the database is asked for its entries."""
    if (request.view_args or {})["file"] not in FORMATS:
        raise NotFound


@bp.get("/<file>")
def site(file: str) -> Response:
    """All stories."""
    return _stories(file, stories.newest(), "/")


@bp.get("/corrections/<file>")
def corrections(file: str) -> Response:
    """The corrections and clarifications of all stories."""
    settings: Settings = current_app.config["STET"]
    found = notice_entries(newest_corrections(), settings)
    words = localization().gettext(
        "What we got wrong and what could be misread, with what is right."
    )
    return _answer(file, found, "/corrections", localization().gettext("Corrections"), words)


@bp.get("/<category>/<file>")
def category(category: str, file: str) -> Response:
    """The stories of one section."""
    found = category_at(slug_in(category))
    if found is None:
        raise NotFound
    address = f"/{found.slug}"
    return _stories(file, stories.newest_in(found.id), address, found.name, found.description)


@bp.get("/topics/<slug>/<file>")
def topic(slug: str, file: str) -> Response:
    """The stories about one topic."""
    found = topic_at(slug_in(slug))
    return _stories(file, stories.newest_about(found.id), f"/topics/{found.slug}", found.name)


@bp.get("/authors/<slug>/<file>")
def author(slug: str, file: str) -> Response:
    """The stories of one author."""
    found = author_at(slug_in(slug))
    address = f"/authors/{found.slug}"
    return _stories(file, stories.newest_by(found.id), address, found.name, found.about)


def _stories(
    file: str, stories: Sequence[Story], address: str, name: str = "", words: str = ""
) -> Response:
    return _answer(file, entries(stories, current_app.config["STET"]), address, name, words)


def _answer(
    file: str, found: tuple[FeedEntry, ...], address: str, name: str = "", words: str = ""
) -> Response:
    """The feed of the entries in `found`, which the page at `address` lists, as the format of `file`."""
    media_type, printed = FORMATS[file]
    feed = _feed(current_app.config["STET"], found, address, name, words)
    response = Response(printed(feed), content_type=f"{media_type}; charset=utf-8")
    if feed.hub:  # www.w3.org/TR/websub, section 4
        links = f'<{feed.hub}>; rel="hub", <{feed.folder}/{file}>; rel="self"'
        response.headers["Link"] = links
    # Scripts of other sites may read feeds, because feeds are public.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _feed(
    settings: Settings, found: tuple[FeedEntry, ...], address: str, name: str, words: str
) -> Feed:
    base, title = settings.base_url, one_line(settings.site_name)
    title = f"{title} – {one_line(name)}" if name else title
    return Feed(
        title=title,
        description=one_line(words)
        or localization().gettext("The newest stories: %(title)s.", title=title),
        url=base + address,
        folder=folder(base, address),
        language=settings.language,
        publisher=FeedLink(one_line(settings.site_name), base + "/"),
        hub=settings.websub_hub,
        updated_at=_changed_at(found),
        entries=found,
    )


def _changed_at(found: Sequence[FeedEntry]) -> datetime:
    """When a feed of these entries last changed. Atom needs this date also for an empty feed.

    An empty feed may have lost its entries, so its date is when anything on the site last changed.
    """
    return max((each.updated_at for each in found), default=None) or unchanged_since()
