"""The search page: what it says about the results, and its links. Its template prints these values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.reader.search_request import SearchRequest
from app.search.queries import Results


class SearchOutcome(StrEnum):
    """The result of a request. Its bounds are a section, an author and dates."""

    NOTHING_ASKED = "nothing asked"
    NEWEST_WITHIN = (
        "newest within"  # bounds without words, with more stories than a search looks at
    )
    ALL_WITHIN = "all within"  # bounds without words
    NONE_WITHIN = "none within"  # bounds without words
    BEST = "best"  # words, with more stories than a search looks at
    FOUND = "found"  # words
    NOT_WITHIN = "not within"  # words with bounds
    NOT_FOUND = "not found"  # words without bounds


@dataclass(frozen=True)
class SearchPage:
    """A request and the page of its answer that is shown."""

    asked: SearchRequest
    results: Results

    @property
    def is_asked(self) -> bool:
        return bool(self.asked.query) or self.asked.is_narrowed

    @property
    def outcome(self) -> SearchOutcome:
        if not self.is_asked:
            return SearchOutcome.NOTHING_ASKED
        if self.asked.query:
            return self._outcome_of_words()
        if self.results.is_cut:
            return SearchOutcome.NEWEST_WITHIN
        return SearchOutcome.ALL_WITHIN if self.results.hits else SearchOutcome.NONE_WITHIN

    def _outcome_of_words(self) -> SearchOutcome:
        if self.results.hits:
            return SearchOutcome.BEST if self.results.is_cut else SearchOutcome.FOUND
        return SearchOutcome.NOT_WITHIN if self.asked.is_narrowed else SearchOutcome.NOT_FOUND

    @property
    def read_as(self) -> str:
        """The query with corrected spelling, if a word of the reader's query is in no story."""
        return self.results.read_as if self.results.hits else ""

    @property
    def answered(self) -> str:
        """The query that the results match."""
        return self.read_as or self.asked.query

    @property
    def previous(self) -> str:
        """The address of the page before this one; empty on the first."""
        return self.asked.address(self.results.number - 1) if self.results.number > 1 else ""

    @property
    def following(self) -> str:
        """The address of the page after this one; empty on the last."""
        return self.asked.address(self.results.number + 1) if self.results.has_more else ""

    @property
    def is_whole(self) -> bool:
        """Whether the stories on this page are all that were found."""
        return bool(self.results.hits) and not self.previous and not self.following
