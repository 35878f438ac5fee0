"""The pictures among which a person chooses one for a story: recently used ones first, then the newest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.accounts.models import Person
from app.articles.access import editable_by
from app.articles.models import Article, Draft
from app.core.db import db
from app.live.shown_pictures import pictures_in
from app.media.library import matching
from app.media.models import Picture
from app.newsroom.usable_pictures import usable_pictures

PAGE_LENGTH = 24
_RECENT = 6
_STORIES_LOOKED_AT = 12


class Choosable(NamedTuple):
    """One page of the choice. `next_before` is for the link to older ones, and None at the end."""

    recent: Sequence[Picture]
    others: Sequence[Picture]
    next_before: int | None


def choosable(person: Person, words: str, before: int | None) -> Choosable:
    """The pictures that `person` may put into a story and that have all of `words`."""
    usable = usable_pictures(person)
    query = matching(usable, words)
    recent = [] if words or before else _recently_used(person)
    if before is not None:
        query = query.where(Picture.id < before)
    found = db.session.scalars(query.order_by(Picture.id.desc()).limit(PAGE_LENGTH + 1)).all()
    others = [each for each in found[:PAGE_LENGTH] if each not in recent]
    more = found[PAGE_LENGTH - 1].id if len(found) > PAGE_LENGTH else None
    return Choosable(recent, others, more)


def usable_picture(person: Person, picture_id: int) -> Picture | None:
    """The picture with this id, if `person` may put it into a story."""
    return db.session.scalar(usable_pictures(person).where(Picture.id == picture_id))


def _recently_used(person: Person) -> Sequence[Picture]:
    """The pictures of the drafts that were worked on last, in their order."""
    stories = editable_by(person).select().join(Draft, Draft.article_id == Article.id)
    latest = stories.order_by(Article.touched_at.desc()).limit(_STORIES_LOOKED_AT)
    contents = db.session.scalars(latest.with_only_columns(Draft.content))
    used = list(
        dict.fromkeys(each for content in contents for each in sorted(pictures_in(content)))
    )
    if not used:
        return []
    found = usable_pictures(person).where(Picture.id.in_(used[: _RECENT * 4]))
    return sorted(db.session.scalars(found), key=lambda picture: used.index(picture.id))[:_RECENT]
