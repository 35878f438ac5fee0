"""The picture library as a page: its tabs and filters, its pictures, and the way to older ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import url_for

from app.accounts.models import Person
from app.media.library import LibraryPage, PictureFilters, Show
from app.media.models import Picture
from app.media.rights import said_of_rights

_LABELS = {
    Show.ALL: "All",
    Show.WITHOUT_ALT: "Needs a description",
    Show.WITHOUT_CREDIT: "Needs a credit",
    Show.ENDING: "Rights end soon",
    Show.ENDED_LIVE: "Live without rights",
    Show.UNUSED: "Never used",
    Show.MINE: "Mine",
}


class PictureTab(NamedTuple):
    """A tab of the library. `number` is how many pictures it has, empty where it is not known."""

    words: str
    address: str
    is_current: bool
    number: str


@dataclass(frozen=True)
class PictureLibrary:
    """One page of the library. `counts` say how many pictures each tab has.

    `contributors` are those by whom the pictures can be filtered, and `day` is today.
    """

    page: LibraryPage
    filters: PictureFilters
    counts: Mapping[Show, str]
    contributors: Sequence[Person]
    day: date

    @property
    def tabs(self) -> Iterator[PictureTab]:
        is_counted = not (self.filters.words or self.filters.added_by)
        for show, words in _LABELS.items():
            count = self.counts[show] if is_counted else ""
            yield PictureTab(words, self._address(show), show is self.filters.show, count)

    @property
    def live_without_rights(self) -> str:
        """How many pictures live stories show although their rights have ended. Empty if none does."""
        count = self.counts[Show.ENDED_LIVE]
        is_told_already = count == "0" or self.filters.show is Show.ENDED_LIVE
        return "" if is_told_already else count

    @property
    def is_narrowed(self) -> bool:
        """Whether filters may hide pictures."""
        return self.filters != PictureFilters()

    @property
    def older(self) -> str:
        """The URL of the next page. Empty at the end."""
        before = self.page.next_before
        return self._address(self.filters.show, before) if before else ""

    def used(self, picture: Picture) -> str:
        """In how many stories and portraits a picture is used."""
        if picture.uses > 1:
            return f"Used {picture.uses} times"
        return "Used once" if picture.uses else "Not used yet"

    def lacks(self, picture: Picture) -> Iterator[str]:
        """What stands under a picture that needs something."""
        if not picture.credit:
            yield "Needs a credit"
        if not picture.alt:
            yield "Needs a description"
        if said := said_of_rights(picture, self.day):
            yield said

    def _address(self, show: Show, before: int | None = None) -> str:
        return url_for(
            "newsroom.pictures.index",
            show=None if show is Show.ALL else show.value,
            words=self.filters.words or None,
            by=self.filters.added_by,
            before=before,
        )
