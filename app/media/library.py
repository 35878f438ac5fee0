"""The picture library: its pictures, newest first, filtered. Its cost does not grow with the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, or_, select

from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.core.capped_counts import capped_counts
from app.core.db import db
from app.media.models import Picture

PAGE_LENGTH = 48
_SEARCHED = (
    *(Picture.caption, Picture.credit, Picture.alt),
    *(Picture.byline, Picture.place, Picture.file_name),
)


class Show(StrEnum):
    """Which pictures the library shows."""

    ALL = "all"
    WITHOUT_ALT = "without-description"
    WITHOUT_CREDIT = "without-credit"
    MINE = "mine"


@dataclass(frozen=True)
class PictureFilters:
    """An empty value filters nothing. `before` is the last picture of the page before."""

    show: Show = Show.ALL
    words: str = ""
    before: int | None = None


@dataclass(frozen=True)
class LibraryPage:
    """A page of the library. `next_before` is for the link to the next page, and None at the end."""

    pictures: Sequence[Picture]
    next_before: int | None


def library_page(person: Person, filters: PictureFilters) -> LibraryPage:
    """The pictures that the person may see and that match the filters, newest first."""
    query = matching(_shown(filters.show, person), filters.words)
    if filters.before is not None:
        query = query.where(Picture.id < filters.before)
    found = db.session.scalars(query.order_by(Picture.id.desc()).limit(PAGE_LENGTH + 1)).all()
    rows = found[:PAGE_LENGTH]
    return LibraryPage(rows, rows[-1].id if len(found) > PAGE_LENGTH else None)


def matching(query: Select[Picture], words: str) -> Select[Picture]:
    """Those of the pictures of `query` that have all of `words` in their texts."""
    for word in words.split()[:8]:
        matches = (each.icontains(word[:60], autoescape=True) for each in _SEARCHED)
        query = query.where(or_(*matches))
    return query


def _shown(show: Show, person: Person) -> Select[Picture]:
    where: dict[Show, ColumnElement[bool]] = {
        Show.WITHOUT_ALT: Picture.alt == "",
        Show.WITHOUT_CREDIT: Picture.credit == "",
        Show.MINE: Picture.added_by_id == person.id,
    }
    found = select(Picture)
    if reach(person.role, Act.DESCRIBE_PICTURES) is Reach.OWN:
        found = found.where(Picture.added_by_id == person.id)
    return found.where(where[show]) if show in where else found


def library_counts(person: Person) -> dict[Show, str]:
    """How many pictures each tab has, as text: `"7"` or `"99+"`."""
    shown = {show.value: _shown(show, person).with_only_columns(Picture.id) for show in Show}
    return {Show(name): count for name, count in capped_counts(shown).items()}
