"""Ranks the entries that match a search. `queries` calls this.

The newest matches of each kind are read, at most `MOST`, and ranked. A word in the headline has a higher
weight than one in the standfirst, byline or topics, and that a higher weight than one in the text. A newer
story has a higher score than an older one. So a query costs about the same with a thousand stories and a
million.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.core import clock
from app.search import engines
from app.search.terms import (
    ASIDE,
    AUTHOR,
    CATEGORY,
    HEADLINE,
    either,
    first_entry_id,
    year_of_entry,
)

MOST = 200
_END = 2**63 - 1

WordForms = Mapping[str, tuple[str, ...]]
"""The words of a query, each with its forms (`talk`, `talks`) in live stories."""


@dataclass(frozen=True)
class SearchFilters:
    """Limits a search to a category, an author, and stories published from `since` until before `before`."""

    category_id: int | None = None
    author_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None

    @property
    def groups(self) -> engines.Groups:
        return [
            (f"{mark}{each}",)
            for mark, each in ((CATEGORY, self.category_id), (AUTHOR, self.author_id))
            if each is not None
        ]


def ranked(connection: Connection, forms: WordForms, filters: SearchFilters) -> list[int]:
    """The ids of the best entries, best first."""
    weights, searches = zip(*_kinds_of_match(forms), strict=True)
    found = matches(connection, [[*groups, *filters.groups] for groups in searches], filters)
    weight: dict[int, float] = {}
    for kind, entry_id in found:
        weight[entry_id] = max(weight.get(entry_id, 0.0), weights[kind])
    this_year = year_of_entry(first_entry_id(clock.now()))

    def score(entry_id: int) -> tuple[float, int]:
        return weight[entry_id] / (1 + max(0.0, this_year - year_of_entry(entry_id))), entry_id

    return sorted(weight, key=score, reverse=True)[:MOST]


def matches(
    connection: Connection, searches: Sequence[engines.Groups], filters: SearchFilters
) -> list[tuple[int, int]]:
    first = first_entry_id(filters.since) if filters.since else 0
    end = first_entry_id(filters.before) if filters.before else _END
    return engines.newest(connection, searches, first, end, MOST)


def _kinds_of_match(forms: WordForms) -> Iterator[tuple[float, engines.Groups]]:
    """The searches to run, each with the weight of a match in a story of today."""
    if any(found != (word,) for word, found in forms.items()):
        yield 8, [either([word], HEADLINE) for word in forms]
        yield 1.5, [(word,) for word in forms]
    yield 6, [either(found, HEADLINE) for found in forms.values()]
    yield 3, [either(found, HEADLINE, ASIDE) for found in forms.values()]
    yield 1, list(forms.values())
