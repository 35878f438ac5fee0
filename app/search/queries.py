"""What readers ask: `find` answers with a page of stories, best first, `newest` with what is in bounds.

The newest matches of each kind are read, at most `MOST` of them, and ranked here: a word in the headline
weighs more than one in the standfirst, byline or topics, and that more than one in the text; what is newer
weighs more than what is older. So a query costs about the same with a thousand stories and a million.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam

from app.body.words import tokens
from app.core import clock
from app.core.db import db
from app.live.queries.cards import PUBLICATION, card, live_stories
from app.live.shapes import Card
from app.search import engines
from app.search.highlighting import Highlighter, Pieces, without_highlights
from app.search.models import SearchEntry
from app.search.spelling import known_forms, spelling_suggestions
from app.search.terms import (
    ASIDE,
    AUTHOR,
    CATEGORY,
    HEADLINE,
    either,
    first_entry_id,
    year_of_entry,
)
from app.search.words import words_of

PAGE_SIZE = 20
MOST = 200
LAST_PAGE = MOST // PAGE_SIZE
LONGEST_QUERY = 200
MOST_WORDS = 16
_END = 2**63 - 1
# Too common to look for beside other words.
_COMMON = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it"),
        *("of", "on", "or", "the", "to", "was", "were", "with"),
    )
)

_ENTRY = SearchEntry.__table__.c
_CARDS = (
    live_stories(_ENTRY.id.label("entry_id"), PUBLICATION.html)
    .join(SearchEntry.__table__, _ENTRY.article_id == PUBLICATION.article_id)
    .where(_ENTRY.id.in_(bindparam("entry_ids", expanding=True)))
)

WordForms = Mapping[str, tuple[str, ...]]
"""The words of a query, each with its forms in live stories."""


@dataclass(frozen=True)
class SearchFilters:
    """What a search is narrowed to: stories published from `since` until before `before`."""

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


@dataclass(frozen=True)
class Hit:
    """A story that was found, with the words marked that it was found by.

    `snippet` is empty where there is nothing to say.
    """

    card: Card
    headline: Pieces
    snippet: Pieces


@dataclass(frozen=True)
class Results:
    """A page of stories. `read_as` is the query that was answered where it differs from the one asked."""

    hits: Sequence[Hit] = ()
    total: int = 0
    number: int = 1
    read_as: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether there may be more stories than those that were looked at."""
        return self.total >= MOST

    @property
    def has_more(self) -> bool:
        return self.number * PAGE_SIZE < self.total


def find(query: str, filters: SearchFilters, number: int = 1) -> Results:
    """Page `number` (from 1 to `LAST_PAGE`) of the live stories that have every word of `query`.

    Any text is a query; only its first `LONGEST_QUERY` signs and `MOST_WORDS` words are looked at. A word
    that no story has is read as the nearest one that some story has.
    """
    query = query[:LONGEST_QUERY]
    words = _looked_for(query)
    if not words:
        return Results(number=number)
    connection = db.session.connection()
    forms, read_as = _understood(connection, words, query)
    if not all(forms.values()):
        return Results(number=number)
    ranked = _ranked(connection, forms, filters)
    return Results(_hits(_shown(ranked, number), forms), len(ranked), number, read_as)


def newest(filters: SearchFilters, number: int = 1) -> Results:
    """Page `number` (from 1 to `LAST_PAGE`) of the live stories within `filters`, newest first."""
    found = _matches(db.session.connection(), [filters.groups], filters)
    entry_ids = [entry_id for _, entry_id in found]
    cards = [card(row) for row in _rows(_shown(entry_ids, number))]
    hits = (
        Hit(each, without_highlights(each.headline), without_highlights(each.standfirst))
        for each in cards
    )
    return Results(tuple(hits), len(entry_ids), number)


def _shown(entry_ids: Sequence[int], number: int) -> Sequence[int]:
    return entry_ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def _looked_for(query: str) -> list[str]:
    words = list(dict.fromkeys(words_of(query)[:MOST_WORDS]))
    return [word for word in words if word not in _COMMON] or words


def _understood(connection: Connection, words: Sequence[str], query: str) -> tuple[WordForms, str]:
    """The words with their forms, and the query as it was read where slips had to be mended."""
    forms = known_forms(connection, words)
    unknown = [word for word, found in forms.items() if not found]
    meant = spelling_suggestions(connection, unknown) if unknown else {}
    if len(meant) < len(unknown) or not unknown:
        return forms, ""
    mended = {meant.get(word, word): found or (meant[word],) for word, found in forms.items()}
    return mended, "".join(_mended(part, meant) for part in tokens(query)).strip()


def _mended(part: str, meant: Mapping[str, str]) -> str:
    """`part` of a query as it was meant, in capitals where the reader used them."""
    for word in words_of(part):
        if word in meant:
            right = meant[word]
            return right.upper() if part.isupper() else right.title() if part.istitle() else right
    return part


def _ranked(connection: Connection, forms: WordForms, filters: SearchFilters) -> list[int]:
    """The entry_ids of the best entries, best first."""
    weights, searches = zip(*_kinds_of_match(forms), strict=True)
    found = _matches(connection, [[*groups, *filters.groups] for groups in searches], filters)
    weight: dict[int, float] = {}
    for kind, entry_id in found:
        weight[entry_id] = max(weight.get(entry_id, 0.0), weights[kind])
    this_year = year_of_entry(first_entry_id(clock.now()))

    def worth(entry_id: int) -> tuple[float, int]:
        return weight[entry_id] / (1 + max(0.0, this_year - year_of_entry(entry_id))), entry_id

    return sorted(weight, key=worth, reverse=True)[:MOST]


def _matches(
    connection: Connection, searches: Sequence[engines.Groups], filters: SearchFilters
) -> list[tuple[int, int]]:
    first = first_entry_id(filters.since) if filters.since else 0
    end = first_entry_id(filters.before) if filters.before else _END
    return engines.newest(connection, searches, first, end, MOST)


def _kinds_of_match(forms: WordForms) -> Iterator[tuple[float, engines.Groups]]:
    """Where the words may stand, with what a match of this kind weighs for a story of today."""
    if any(found != (word,) for word, found in forms.items()):
        yield 8, [either([word], HEADLINE) for word in forms]
        yield 1.5, [(word,) for word in forms]
    yield 6, [either(found, HEADLINE) for found in forms.values()]
    yield 3, [either(found, HEADLINE, ASIDE) for found in forms.values()]
    yield 1, list(forms.values())


def _hits(entry_ids: Sequence[int], forms: WordForms) -> tuple[Hit, ...]:
    marker = Highlighter(frozenset(form for found in forms.values() for form in found))
    return tuple(_hit(row, marker) for row in _rows(entry_ids))


def _rows(entry_ids: Sequence[int]) -> list[Any]:
    """What a page shows of the entries at `entry_ids`, in their order."""
    if not entry_ids:
        return []
    rows = {row.entry_id: row for row in db.session.execute(_CARDS, {"entry_ids": list(entry_ids)})}
    return [rows[entry_id] for entry_id in entry_ids if entry_id in rows]


def _hit(row: Any, marker: Highlighter) -> Hit:
    shown = card(row)
    return Hit(shown, marker.highlighted(shown.headline), marker.snippet(row.standfirst, row.html))
