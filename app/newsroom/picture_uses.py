"""Finds the stories that use a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from app.accounts.models import Person
from app.articles.access import editable_by
from app.articles.models import Article, Draft
from app.core.db import db
from app.live.models import Publication
from app.live.shown_pictures import stories_showing
from app.media.models import Picture

MOST = 50


class LiveUse(NamedTuple):
    """A live story that shows the picture."""

    path: str
    headline: str


class DraftUse(NamedTuple):
    """A draft whose lead picture it is."""

    article_id: int
    headline: str


def live_uses(picture: Picture) -> Sequence[LiveUse]:
    """The live stories that show the picture, newest first."""
    found = (
        select(Publication.path, Publication.headline)
        .where(Publication.article_id.in_(stories_showing(picture)))
        .order_by(Publication.published_at.desc())
        .limit(MOST)
    )
    return [LiveUse(*row) for row in db.session.execute(found)]


def draft_uses(picture_id: int, person: Person) -> Sequence[DraftUse]:
    """The drafts with this lead picture that `person` may edit and that readers do not see yet."""
    found = (
        editable_by(person)
        .select()
        .join(Draft, Draft.article_id == Article.id)
        .outerjoin(Publication, Publication.article_id == Article.id)
        .where(Draft.lead_picture_id == picture_id, Publication.article_id.is_(None))
        .order_by(Article.touched_at.desc())
        .limit(MOST)
        .with_only_columns(
            Article.id, func.coalesce(func.nullif(Draft.headline, ""), "Without a headline")
        )
    )
    return [DraftUse(*row) for row in db.session.execute(found)]
