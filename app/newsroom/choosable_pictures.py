"""The pictures among which a person chooses one for a story: recently used ones first, then the newest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.models import Person
from app.articles.access import editable_by
from app.articles.models import Article, UsedPicture
from app.core.db import db
from app.media.models import Picture
from app.media.words import matching
from app.newsroom.usable_pictures import usable_pictures

PAGE_LENGTH = 24
_RECENT = 6
_STORIES = 12


class Choosable(NamedTuple):
    """One page of the choice. `next_before` is for the link to older ones, and None at the end."""

    recent: Sequence[Picture]
    others: Sequence[Picture]
    next_before: int | None


def choosable(person: Person, words: str, before: int | None) -> Choosable:
    """The pictures that `person` may put into a story and that have all of `words`."""
    usable = usable_pictures(person)
    query = matching(usable, words, before)
    recent = [] if words or before else _recently_used(person)
    found = db.session.scalars(query.order_by(Picture.id.desc()).limit(PAGE_LENGTH + 1)).all()
    others = [each for each in found[:PAGE_LENGTH] if each not in recent]
    more = found[PAGE_LENGTH - 1].id if len(found) > PAGE_LENGTH else None
    return Choosable(recent, others, more)


def usable_picture(person: Person, picture_id: int) -> Picture | None:
    """The picture with this id, if `person` may put it into a story."""
    return db.session.scalar(usable_pictures(person).where(Picture.id == picture_id))


def _recently_used(person: Person) -> Sequence[Picture]:
    """The pictures of the stories that were worked on last, in their order."""
    latest = editable_by(person).select().order_by(Article.touched_at.desc())
    stories = list(db.session.scalars(latest.limit(_STORIES).with_only_columns(Article.id)))
    rows = db.session.execute(
        select(UsedPicture.article_id, UsedPicture.picture_id).where(
            UsedPicture.article_id.in_(stories)
        )
    )
    ordered = sorted(rows, key=lambda row: (stories.index(row.article_id), row.picture_id))
    used = list(dict.fromkeys(row.picture_id for row in ordered))[: _RECENT * 4]
    found = db.session.scalars(usable_pictures(person).where(Picture.id.in_(used))) if used else ()
    return sorted(found, key=lambda picture: used.index(picture.id))[:_RECENT]
