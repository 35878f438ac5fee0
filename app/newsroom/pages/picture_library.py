"""The picture library as a page: its tabs, its pictures, and the way to older ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import url_for

from app.media.library import LibraryPage, PictureFilters, Show

_LABELS = {
    Show.ALL: "All",
    Show.WITHOUT_ALT: "Needs a description",
    Show.WITHOUT_CREDIT: "Needs a credit",
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
    """One page of the library. `counts` say how many pictures each tab has."""

    page: LibraryPage
    filters: PictureFilters
    counts: Mapping[Show, str]

    @property
    def tabs(self) -> Iterator[PictureTab]:
        for show, words in _LABELS.items():
            count = "" if self.filters.words else self.counts[show]
            yield PictureTab(words, self._address(show), show is self.filters.show, count)

    @property
    def is_narrowed(self) -> bool:
        """Whether filters may hide pictures."""
        return self.filters != PictureFilters()

    @property
    def older(self) -> str:
        """The URL of the next page. Empty at the end."""
        before = self.page.next_before
        return self._address(self.filters.show, before) if before else ""

    def _address(self, show: Show, before: int | None = None) -> str:
        return url_for(
            "newsroom.pictures.index",
            show=None if show is Show.ALL else show.value,
            words=self.filters.words or None,
            before=before,
        )
