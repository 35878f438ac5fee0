"""The pictures that a person may put into a story: a contributor does not learn what others' drafts show."""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy import Select, or_, select

from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.core.db import db
from app.live.shown_pictures import is_shown_live
from app.media.models import Picture


def usable_pictures(person: Person) -> Select[Picture]:
    """Selects the pictures of live stories and those that the person has added. For an editor, all."""
    if _sees_all(person):
        return select(Picture)
    return select(Picture).where(or_(is_shown_live(), Picture.added_by_id == person.id))


def unusable(person: Person, ids: Set[int]) -> Set[int]:
    """Those of `ids` that `person` may not put into a story."""
    if not ids or _sees_all(person):
        return frozenset()
    found = usable_pictures(person).where(Picture.id.in_(ids)).with_only_columns(Picture.id)
    return ids - set(db.session.scalars(found))


def _sees_all(person: Person) -> bool:
    return reach(person.role, Act.EDIT) is Reach.ANY
