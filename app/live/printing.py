"""Computes what the publication of a live story has to hold.

It comes from the record: the story's newest published revision, its section, the changes that readers were
told of, and the pictures of its figures. `live/actions` writes these values, and `live/checking` compares
them with what is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, select

from app.articles.content import Content
from app.articles.models import Article, Revision
from app.core.db import UtcDateTime, db
from app.live.models import NOTICES, UPDATES, Change, sitemap_part_of
from app.live.queries.publications import NEWEST_PUBLISHED
from app.live.rendering import reader_html
from app.live.shown_pictures import stems_in
from app.media.models import Picture
from app.media.queries import pictures
from app.taxonomy.models import Category

# The fields that a publication copies from the content without a change.
COPIED = (
    *("language", "headline", "short_headline", "standfirst", "search_title"),
    *("lead_picture_id", "lead_caption", "lead_credit", "lead_alt"),
)


@dataclass(frozen=True)
class PrintedStory:
    """The values of one publication by column, without `original_id`, and the content they come from.

    `stems` are those of the pictures that it shows (`live/shown_pictures`).
    """

    values: dict[str, Any]
    content: Content
    stems: Sequence[str]

    @property
    def article_id(self) -> int:
        found: int = self.values["article_id"]
        return found

    @property
    def published_at(self) -> datetime:
        found: datetime = self.values["published_at"]
        return found

    @property
    def modified_at(self) -> datetime:
        found: datetime = self.values["modified_at"]
        return found


_SECTIONS = select(Category.id, Category.slug)
_SOURCES = (
    select(Article, Revision)
    .join(Revision, Revision.id == NEWEST_PUBLISHED)
    .where(Article.is_live_now(), Article.id.in_(bindparam("articles", expanding=True)))
    .order_by(Article.id)
)


class _Dates(NamedTuple):
    """When readers were last told of any change, of an update, and of a correction."""

    changed_at: datetime | None = None
    updated_at: datetime | None = None
    corrected_at: datetime | None = None


def _newest(*kinds: str) -> Any:
    of_kind = case((Change.kind.in_(kinds), Change.at)) if kinds else Change.at
    return func.max(of_kind, type_=UtcDateTime)


_DATES: Select[Any] = (
    select(Change.article_id, _newest(), _newest(*UPDATES), _newest(*NOTICES))
    .where(Change.article_id.in_(bindparam("articles", expanding=True)))
    .group_by(Change.article_id)
)


def print_story(article: Article, revision: Revision) -> PrintedStory:
    """The values for the publication of a live story whose newest published revision is `revision`."""
    dates = db.session.execute(_DATES, {"articles": [article.id]}).one_or_none()
    category = db.session.get(Category, revision.content.category_id or 0)
    section = category.slug if category else None
    stored = pictures(revision.content.picture_ids)
    return _printed(article, revision, section, _Dates(*dates[1:]) if dates else _Dates(), stored)


def printed(article_ids: Collection[int]) -> Iterator[PrintedStory]:
    """What the publications of these stories have to hold, in the order of their ids.

    Stories that are not live are left out.
    """
    these = {"articles": list(article_ids)}
    dates = {row.article_id: _Dates(*row[1:]) for row in db.session.execute(_DATES, these)}
    sections = {row.id: row.slug for row in db.session.execute(_SECTIONS)}
    found = db.session.execute(_SOURCES, these).all()
    stored = pictures({each for row in found for each in row.Revision.content.picture_ids})
    for article, revision in found:
        section = sections.get(revision.content.category_id)
        yield _printed(article, revision, section, dates.get(article.id, _Dates()), stored)


def _printed(
    article: Article,
    revision: Revision,
    section: str | None,
    dates: _Dates,
    stored: Mapping[int, Picture],
) -> PrintedStory:
    content = revision.content
    return PrintedStory(
        {
            "article_id": article.id,
            "revision_id": revision.id,
            "draft_version": revision.draft_version,
            "path": path_of(article, content, section),
            "category_id": None if article.is_page else content.category_id,
            "published_at": article.published_at,
            **dates._asdict(),
            "modified_at": dates.changed_at or article.published_at,
            "sitemap_part": sitemap_part_of(article.id),
            **{name: getattr(content, name) for name in COPIED},
            "words": revision.words,
            "html": reader_html(content.body, stored),
        },
        content,
        stems_in(content, stored),
    )


def path_of(article: Article, content: Content, section: str | None) -> str:
    """The site path of `article` with this content. `section` is the slug of its category."""
    return f"/{content.slug}" if article.is_page else f"/{section}/{content.slug}"
