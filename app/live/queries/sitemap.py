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
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)

from app.core.db import UtcDateTime, db
from app.live.models import Byline, Change, Publication, Tagging
from app.live.queries.cards import PUBLICATION
from app.taxonomy.models import Author, Category, Topic

# Ids in one part. sitemaps.org allows 50,000 addresses, but a small part is faster to make again.
PART_SIZE = 10_000
LARGEST_PART = (2**31 - 1) // PART_SIZE
MOST_NEWS = 1000  # Google's limit for a news sitemap

_CHANGED = func.coalesce(PUBLICATION.changed_at, PUBLICATION.published_at, type_=UtcDateTime)
_NEWEST_CHANGE = func.max(_CHANGED, type_=UtcDateTime).label("changed_at")


class SitemapKind(StrEnum):
    """What a sitemap lists in parts. The value is the beginning of a path, except for stories."""

    STORIES = "stories"
    AUTHORS = "authors"
    TOPICS = "topics"


def _between(of: ColumnElement[int]) -> ColumnElement[bool]:
    return of.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer))


def _parts(of: ColumnElement[int], rows: Any) -> Select[*tuple[Any, ...]]:
    """The numbers of the parts for the ids in the column `of` of `rows`."""
    number = ((of - 1) // PART_SIZE + 1).label("number")
    return select(number, _NEWEST_CHANGE).select_from(rows).group_by(number).order_by(number)


def _lists(
    kind: SitemapKind, of: type[Author] | type[Topic], rows: Any
) -> Select[*tuple[Any, ...]]:
    """The lists in one part: one for each author or topic that has live stories."""
    named = of.__table__.c
    return (
        select(literal(f"/{kind}/") + named.slug, _NEWEST_CHANGE)
        .select_from(rows)
        .where(_between(named.id))
        .group_by(named.id, named.slug)
        .order_by(named.id)
    )


class _InParts(NamedTuple):
    parts: Select[*tuple[Any, ...]]
    part: Select[*tuple[Any, ...]]


_PUBLICATIONS, _BYLINES, _TAGGINGS = Publication.__table__, Byline.__table__, Tagging.__table__
_SIGNED = _BYLINES.join(_PUBLICATIONS, PUBLICATION.article_id == Byline.article_id)
_TAGGED = _TAGGINGS.join(_PUBLICATIONS, PUBLICATION.article_id == Tagging.article_id)
_IN_PARTS = {
    SitemapKind.STORIES: _InParts(
        _parts(PUBLICATION.article_id, _PUBLICATIONS),
        select(PUBLICATION.path, _CHANGED)
        .where(_between(PUBLICATION.article_id))
        .order_by(PUBLICATION.article_id),
    ),
    SitemapKind.AUTHORS: _InParts(
        _parts(_BYLINES.c.author_id, _SIGNED),
        _lists(SitemapKind.AUTHORS, Author, _SIGNED.join(Author, Author.id == Byline.author_id)),
    ),
    SitemapKind.TOPICS: _InParts(
        _parts(_TAGGINGS.c.topic_id, _TAGGED),
        _lists(SitemapKind.TOPICS, Topic, _TAGGED.join(Topic, Topic.id == Tagging.topic_id)),
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
_LISTS = union_all(
    select(literal("/").label("path"), _NEWEST_CHANGE).where(_IS_LISTED),
    select(literal("/corrections"), func.max(Change.at, type_=UtcDateTime))
    .join(Publication, PUBLICATION.article_id == Change.article_id)
    .where(Change.is_notice()),
    select(literal("/") + Category.slug, _NEWEST_CHANGE)
    .outerjoin(Publication, and_(PUBLICATION.category_id == Category.id, _IS_LISTED))
    .group_by(Category.id, Category.slug),
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
    last = number * PART_SIZE
    bounds = {"first": last - PART_SIZE + 1, "last": last}
    return [SitemapAddress(*row) for row in db.session.execute(_IN_PARTS[kind].part, bounds)]


def news(since: datetime) -> Sequence[NewsAddress]:
    """The stories first published at `since` or later, newest first, at most `MOST_NEWS`."""
    return [NewsAddress(*row) for row in db.session.execute(_NEWS, {"since": since})]


def lists() -> Sequence[ListAddress]:
    """The list of all stories, the list of corrections, and the list of each section."""
    return [ListAddress(*row) for row in db.session.execute(_LISTS)]
