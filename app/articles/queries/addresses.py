"""The addresses of everything that is live, in parts, for sitemaps; `reader/sitemaps` calls these.

A part holds a range of article ids: one walk along the primary key, and a part that is full changes
only when one of its own stories does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, literal, select, union_all

from app.articles.models import Byline, Tagging
from app.articles.queries.cards import ARTICLE, REVISION
from app.core.db import UtcDateTime, db
from app.taxonomy.models import Author, Category, Topic

# Article ids in one part; sitemaps.org allows 50,000 addresses, and a small part is soon made anew.
PART_SIZE = 10_000
LARGEST_PART = (2**31 - 1) // PART_SIZE
MOST_LISTS = 40_000  # authors' and topics' pages in one sitemap
MOST_NEWS = 1000  # Google's limit for a news sitemap

_IS_LIVE = ARTICLE.live_revision_id.is_not(None)
_CHANGED = func.coalesce(ARTICLE.changed_at, ARTICLE.published_at, type_=UtcDateTime)
_NUMBER = ((ARTICLE.id - 1) // PART_SIZE + 1).label("number")
_PARTS = (
    select(_NUMBER, func.max(_CHANGED, type_=UtcDateTime).label("changed_at"))
    .where(_IS_LIVE)
    .group_by(_NUMBER)
    .order_by(_NUMBER)
)
_PART = (
    select(ARTICLE.live_path, _CHANGED.label("changed_at"))
    .where(_IS_LIVE, ARTICLE.id.between(bindparam("first", type_=Integer), bindparam("last")))
    .order_by(ARTICLE.id)
)
_NEWS = (
    select(ARTICLE.live_path, ARTICLE.published_at, REVISION.headline, REVISION.language)
    .join(REVISION.id.table, REVISION.id == ARTICLE.live_revision_id)
    .where(
        ARTICLE.live_category_id.is_not(None),
        ARTICLE.published_at >= bindparam("since", type_=UtcDateTime),
    )
    .order_by(ARTICLE.published_at.desc(), ARTICLE.id.desc())
    .limit(MOST_NEWS)
)
_LISTS = union_all(
    select(literal("/").label("folder"), Category.slug),
    select(literal("/authors/"), Author.slug).where(
        select(Byline.article_id).where(Byline.author_id == Author.id).exists()
    ),
    select(literal("/topics/"), Topic.slug).where(
        select(Tagging.article_id).where(Tagging.topic_id == Topic.id).exists()
    ),
).limit(MOST_LISTS)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that has live stories, and when the newest change to one of them was."""

    number: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A live story's site path and when readers last saw it change."""

    path: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """A live story as a news sitemap names it."""

    path: str
    published_at: datetime
    headline: str
    language: str


def parts() -> Sequence[Part]:
    """All parts that are not empty, in order."""
    return [Part(*row) for row in db.session.execute(_PARTS)]


def part(number: int) -> Sequence[Address]:
    """The live stories of one part (from 1), oldest id first; empty where there is none."""
    if not 1 <= number <= LARGEST_PART:
        return []
    last = number * PART_SIZE
    bounds = {"first": last - PART_SIZE + 1, "last": last}
    return [Address(*row) for row in db.session.execute(_PART, bounds)]


def news(since: datetime) -> Sequence[News]:
    """The stories first published at `since` or later, newest first, as many as may be named."""
    return [News(*row) for row in db.session.execute(_NEWS, {"since": since})]


def lists() -> Sequence[str]:
    """The site paths of all sections, and of the authors and topics that have a live story."""
    return [f"{folder}{slug}" for folder, slug in db.session.execute(_LISTS)]
