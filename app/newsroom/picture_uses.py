"""Finds what uses a picture: authors as their portrait, and stories.

A story shows it live or in a draft, or did in an earlier version that can be restored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from app.accounts.models import Person
from app.articles.access import editable_by
from app.articles.models import Article, Draft, UsedPicture
from app.core.db import db
from app.live.models import Publication
from app.live.portraits import portrayed_by
from app.live.shown_pictures import stories_showing
from app.live.site_pictures import front_picture
from app.media.models import Picture
from app.taxonomy.models import Author

MOST = 50


class LiveUse(NamedTuple):
    """A live story that shows the picture."""

    path: str
    headline: str


class StoryUse(NamedTuple):
    """A story that the person may edit. Its draft shows the picture, or only an earlier version does."""

    article_id: int
    headline: str
    is_in_draft: bool

    @property
    def where(self) -> str:
        return "not live" if self.is_in_draft else "in an earlier version"


@dataclass(frozen=True)
class PictureUses:
    """Where a picture is used, for one person. `is_of_front` says that it is the front's own.

    `hidden` is how many more stories use it, which the person cannot open.
    """

    live: Sequence[LiveUse]
    stories: Sequence[StoryUse]
    hidden: int
    authors: Sequence[Author]
    is_of_front: bool

    @property
    def is_used(self) -> bool:
        return bool(self.live or self.stories or self.hidden or self.authors or self.is_of_front)


def uses_of(picture: Picture, person: Person) -> PictureUses:
    """What uses `picture`: the newest stories first, and as `person` may know of them."""
    shown = stories_showing(picture)
    used = select(UsedPicture.article_id).where(
        UsedPicture.picture_id == picture.id, UsedPicture.article_id.not_in(shown)
    )
    own = editable_by(person).select().where(Article.id.in_(used))
    return PictureUses(
        _live(shown),
        _in_stories(own, picture.id),
        _count(used) - _count(own.with_only_columns(Article.id)),
        portrayed_by(picture.id),
        front_picture() is picture,
    )


def _live(shown: Sequence[int]) -> Sequence[LiveUse]:
    found = (
        select(Publication.path, Publication.headline)
        .where(Publication.article_id.in_(shown))
        .order_by(Publication.published_at.desc())
        .limit(MOST)
    )
    return [LiveUse(*row) for row in db.session.execute(found)]


def _in_stories(stories: Select[Article], picture_id: int) -> Sequence[StoryUse]:
    found = (
        stories.join(Draft, Draft.article_id == Article.id)
        .order_by(Article.touched_at.desc())
        .limit(MOST)
        .with_only_columns(
            Article.id,
            func.coalesce(func.nullif(Draft.headline, ""), "Without a headline"),
            Draft.content,
        )
    )
    return [
        StoryUse(article_id, headline, picture_id in content.picture_ids)
        for article_id, headline, content in db.session.execute(found)
    ]


def _count(ids: Select[Any]) -> int:
    return db.session.execute(select(func.count()).select_from(ids.subquery())).scalar_one()
