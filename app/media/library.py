"""The picture library: its pictures, newest first, filtered. Its cost does not grow with the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, literal_column, select

from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.core.capped_counts import capped_counts
from app.core.db import db
from app.media.models import Picture
from app.media.rights import ended, ending
from app.media.words import matching

PAGE_LENGTH = 48


class Show(StrEnum):
    """Which pictures the library shows."""

    ALL = "all"
    WITHOUT_ALT = "without-description"
    WITHOUT_CREDIT = "without-credit"
    ENDING = "rights-end-soon"
    ENDED_LIVE = "live-without-rights"
    UNUSED = "never-used"
    MINE = "mine"


@dataclass(frozen=True)
class PictureFilters:
    """An empty value filters nothing. `before` is the last picture of the page before.

    `added_by` is the id of a person.
    """

    show: Show = Show.ALL
    words: str = ""
    added_by: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class LibraryPage:
    """A page of the library. `next_before` is for the link to the next page, and None at the end."""

    pictures: Sequence[Picture]
    next_before: int | None


@dataclass(frozen=True)
class Library:
    """The pictures as one person sees them on one day.

    `is_live` says in statements whether a live story shows a picture: stories are above the pictures.
    """

    person: Person
    day: date
    is_live: ColumnElement[bool]

    def page(self, filters: PictureFilters) -> LibraryPage:
        """The pictures that match the filters, newest first."""
        query = self._shown(filters.show)
        if filters.added_by is not None:
            query = query.where(Picture.added_by_id == filters.added_by)
        query = matching(query, filters.words, filters.before)
        query = query.order_by(Picture.id.desc()).limit(PAGE_LENGTH + 1)
        found = db.session.scalars(query).all()
        rows = found[:PAGE_LENGTH]
        return LibraryPage(rows, rows[-1].id if len(found) > PAGE_LENGTH else None)

    def counts(self) -> dict[Show, str]:
        """How many pictures each tab has, as text: `"7"` or `"99+"`."""
        shown = {show.value: self._shown(show).with_only_columns(Picture.id) for show in Show}
        return {Show(name): count for name, count in capped_counts(shown).items()}

    def contributors(self) -> Sequence[Person]:
        """Those who have added pictures, by name. Nobody for a person who sees only their own."""
        if self._is_of_own:
            return []
        has_added = select(Picture.id).where(Picture.added_by_id == Person.id).exists()
        return db.session.scalars(select(Person).where(has_added).order_by(Person.name)).all()

    @property
    def _is_of_own(self) -> bool:
        return reach(self.person.role, Act.DESCRIBE_PICTURES) is Reach.OWN

    def _shown(self, show: Show) -> Select[Picture]:
        where: dict[Show, ColumnElement[bool]] = {
            Show.WITHOUT_ALT: Picture.alt == "",
            Show.WITHOUT_CREDIT: Picture.credit == "",
            Show.ENDING: ending(self.day),
            Show.ENDED_LIVE: and_(ended(self.day), self.is_live),
            Show.UNUSED: Picture.uses == literal_column("0"),
            Show.MINE: Picture.added_by_id == self.person.id,
        }
        found = select(Picture)
        if self._is_of_own:
            found = found.where(Picture.added_by_id == self.person.id)
        return found.where(where[show]) if show in where else found
