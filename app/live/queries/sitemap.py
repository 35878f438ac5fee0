"""The addresses of everything that is live, in parts, for sitemaps. `reader/sitemaps` calls these.

A part holds a range of ids, so the primary key finds it, and a full part changes only when one of its own
stories changes. Each address comes with the time of the newest change to a story that is there now. A story
that has left a list cannot be seen in this time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)

from app.core.db import UtcDateTime, db
from app.live.list_addresses import CORRECTIONS
from app.live.models import SITEMAP_PART, Byline, Change, Publication, Tagging
from app.live.queries.cards import PUBLICATION
from app.taxonomy.models import Author, Category, Topic

LARGEST_PART = (2**31 - 1) // SITEMAP_PART
MOST_NEWS = 1000  # Google's limit for a news sitemap


class SitemapKind(StrEnum):
    """What a sitemap lists in parts. The value is the beginning of a path, except for stories."""

    STORIES = "stories"
    AUTHORS = "authors"
    TOPICS = "topics"


def _between(of: SQLColumnExpression[int]) -> ColumnElement[bool]:
    return of.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer))


def _newest(rows: type[Publication | Byline | Tagging], *these: ColumnElement[bool]) -> Any:
    """The newest change among `these` rows, which an index has at its end."""
    newest = select(rows.modified_at).where(*these).order_by(rows.modified_at.desc()).limit(1)
    return newest.scalar_subquery()


def _story_parts() -> Select[*tuple[Any, ...]]:
    """The parts of the stories. Each is found from the one before, so that no part is read as a whole."""
    lowest = select(func.min(PUBLICATION.sitemap_part))
    part = select(lowest.scalar_subquery().label("number")).cte("part", recursive=True)
    later = lowest.where(PUBLICATION.sitemap_part > part.c.number).scalar_subquery()
    part = part.union_all(select(later).where(part.c.number.is_not(None)))
    newest = _newest(Publication, Publication.sitemap_part == part.c.number)
    return select(part.c.number, newest).where(part.c.number.is_not(None)).order_by(part.c.number)


class _InParts(NamedTuple):
    parts: Select[*tuple[Any, ...]]
    part: Select[*tuple[Any, ...]]


def _lists_of(
    kind: SitemapKind, of: type[Author] | type[Topic], newest: ColumnElement[datetime]
) -> _InParts:
    """The lists of the authors or topics that have live stories. `newest` is the change that each tells."""
    number = ((of.id - 1) // SITEMAP_PART + 1).label("number")
    each = select(number, newest.label("changed_at")).subquery()
    parts = select(each.c.number, func.max(each.c.changed_at, type_=UtcDateTime))
    named = select(literal(f"/{kind}/") + of.slug, newest)
    return _InParts(
        parts.where(each.c.changed_at.is_not(None)).group_by("number").order_by("number"),
        named.where(_between(of.id), newest.is_not(None)).order_by(of.id),
    )


_IN_PARTS = {
    SitemapKind.STORIES: _InParts(
        _story_parts(),
        select(PUBLICATION.path, PUBLICATION.modified_at)
        .where(_between(PUBLICATION.article_id))
        .order_by(PUBLICATION.article_id),
    ),
    SitemapKind.AUTHORS: _lists_of(
        SitemapKind.AUTHORS, Author, _newest(Byline, Byline.author_id == Author.id)
    ),
    SitemapKind.TOPICS: _lists_of(
        SitemapKind.TOPICS, Topic, _newest(Tagging, Tagging.topic_id == Topic.id)
    ),
}
_IS_LISTED = and_(PUBLICATION.category_id.is_not(None), PUBLICATION.original_id.is_(None))
_IS_TRANSLATION = and_(PUBLICATION.category_id.is_not(None), PUBLICATION.original_id.is_not(None))


def _news_where(condition: ColumnElement[bool]) -> Any:
    return (
        select(
            PUBLICATION.article_id,
            PUBLICATION.path,
            PUBLICATION.published_at,
            PUBLICATION.headline,
            PUBLICATION.language,
        )
        .where(condition, PUBLICATION.published_at >= bindparam("since", type_=UtcDateTime))
        .order_by(PUBLICATION.published_at.desc(), PUBLICATION.article_id.desc())
        .limit(MOST_NEWS)
        .subquery()
    )


# Listed stories and translations are in two partial indexes, so each part of the union reads one of them.
_RECENT = union_all(
    select(_news_where(_IS_LISTED)), select(_news_where(_IS_TRANSLATION))
).subquery()
_NEWS = (
    select(_RECENT.c.path, _RECENT.c.published_at, _RECENT.c.headline, _RECENT.c.language)
    .order_by(_RECENT.c.published_at.desc(), _RECENT.c.article_id.desc())
    .limit(MOST_NEWS)
)
_NOTICES = (
    select(Change.at)
    .join(Publication, PUBLICATION.article_id == Change.article_id)
    .where(Change.is_notice())
    .order_by(Change.at.desc())
    .limit(1)
    .scalar_subquery()
)
_LISTS = union_all(
    select(literal(CORRECTIONS).label("path"), _NOTICES.label("changed_at")),
    select(
        literal("/") + Category.slug,
        _newest(Publication, Publication.category_id == Category.id, _IS_LISTED),
    ),
)


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """A part that is not empty, and the time of the newest change to a story in it."""

    number: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SitemapAddress:
    """The path of a live story, or of a list with live stories, and when readers last saw it change."""

    path: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ListAddress:
    """The path of a list that exists even when it is empty. `changed_at` is `None` for an empty list."""

    path: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewsAddress:
    """A live story in a news sitemap."""

    path: str
    published_at: datetime
    headline: str
    language: str


def parts(kind: SitemapKind) -> Sequence[SitemapPart]:
    """All parts that are not empty, in order."""
    return [SitemapPart(*row) for row in db.session.execute(_IN_PARTS[kind].parts)]


def part(kind: SitemapKind, number: int) -> Sequence[SitemapAddress]:
    """The addresses in one part (from 1), lowest id first. Empty when there is no such part."""
    if not 1 <= number <= LARGEST_PART:
        return []
    last = number * SITEMAP_PART
    bounds = {"first": last - SITEMAP_PART + 1, "last": last}
    return [SitemapAddress(*row) for row in db.session.execute(_IN_PARTS[kind].part, bounds)]


def news(since: datetime) -> Sequence[NewsAddress]:
    """The stories first published at `since` or later, newest first, at most `MOST_NEWS`."""
    return [NewsAddress(*row) for row in db.session.execute(_NEWS, {"since": since})]


def lists() -> Sequence[ListAddress]:
    """The list of all stories, the list of corrections, and the list of each section."""
    found = [ListAddress(*row) for row in db.session.execute(_LISTS)]
    sections = [each.changed_at for each in found if each.path != CORRECTIONS]
    newest = max((each for each in sections if each is not None), default=None)
    return [ListAddress("/", newest), *found]
