"""The search for readers: `find` gives a page of the best matches, `newest` all stories within filters.

`ranking` decides what is best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam

from app.body.words import tokens
from app.core.db import db
from app.live.queries.cards import PUBLICATION, card, live_stories
from app.live.shapes import Card
from app.search.highlighting import Highlighter, Pieces, without_highlights
from app.search.models import SearchEntry
from app.search.ranking import MOST, SearchFilters, WordForms, matches, ranked
from app.search.spelling import known_forms, spelling_suggestions
from app.search.words import query_words, words_of

PAGE_SIZE = 20
LAST_PAGE = MOST // PAGE_SIZE
LONGEST_QUERY = 200
MOST_WORDS = 16
# Common words, ignored if the query has other words.
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


@dataclass(frozen=True)
class Hit:
    """A story that was found. The words that matched are marked.

    `snippet` is empty when the story has no text to show.
    """

    card: Card
    headline: Pieces
    snippet: Pieces


@dataclass(frozen=True)
class Results:
    """One page of results.

    `read_as` is the query with corrected spelling, or empty if nothing was corrected.
    """

    hits: Sequence[Hit] = ()
    total: int = 0
    number: int = 1
    read_as: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether there may be more matches than were read."""
        return self.total >= MOST

    @property
    def has_more(self) -> bool:
        return self.number * PAGE_SIZE < self.total


def find(query: str, filters: SearchFilters, number: int = 1) -> Results:
    """Page `number` (from 1 to `LAST_PAGE`) of the live stories that have every word of `query`.

    Any text is a valid query. Only its first `LONGEST_QUERY` characters and `MOST_WORDS` words are used. A
    word that no story has is replaced by the most similar word that a story has.
    """
    query = query[:LONGEST_QUERY]
    words = _asked_words(query)
    if not words:
        return Results(number=number)
    connection = db.session.connection()
    forms, read_as = _with_forms(connection, words, query)
    if not all(forms.values()):
        return Results(number=number)
    best = ranked(connection, forms, filters)
    return Results(_hits(_shown(best, number), forms), len(best), number, read_as)


def newest(filters: SearchFilters, number: int = 1) -> Results:
    """Page `number` (from 1 to `LAST_PAGE`) of the live stories within `filters`, newest first."""
    found = matches(db.session.connection(), [filters.groups], filters)
    entry_ids = [entry_id for _, entry_id in found]
    cards = [card(row) for row in _rows(_shown(entry_ids, number))]
    hits = (
        Hit(each, without_highlights(each.headline), without_highlights(each.standfirst))
        for each in cards
    )
    return Results(tuple(hits), len(entry_ids), number)


def _shown(entry_ids: Sequence[int], number: int) -> Sequence[int]:
    return entry_ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def _asked_words(query: str) -> dict[str, str]:
    """The words of the query, each with the compound of which it is a part, if it is one."""
    words = dict(query_words(query)[:MOST_WORDS])
    rare = {word: whole for word, whole in words.items() if whole or word not in _COMMON}
    return rare or words


def _with_forms(
    connection: Connection, words: Mapping[str, str], query: str
) -> tuple[WordForms, str]:
    """The words with their forms, and the corrected query, which is empty if nothing was corrected.

    The compound of a word counts as one of its forms: a story that has it has all parts.
    """
    known = known_forms(connection, list(dict.fromkeys((*words, *filter(None, words.values())))))
    forms = {
        word: tuple(dict.fromkeys((*known[word], *known.get(whole, ()))))
        for word, whole in words.items()
    }
    unknown = [word for word, found in forms.items() if not found]
    suggested = spelling_suggestions(connection, unknown) if unknown else {}
    if len(suggested) < len(unknown) or not unknown:
        return forms, ""
    corrected = {
        suggested.get(word, word): found or (suggested[word],) for word, found in forms.items()
    }
    return corrected, "".join(_corrected(part, suggested) for part in tokens(query)).strip()


def _corrected(part: str, suggested: Mapping[str, str]) -> str:
    """`part` of a query with corrected spelling, in capitals where the reader used capitals."""
    for word in words_of(part):
        if word in suggested:
            right = suggested[word]
            return right.upper() if part.isupper() else right.title() if part.istitle() else right
    return part


def _hits(entry_ids: Sequence[int], forms: WordForms) -> tuple[Hit, ...]:
    highlighter = Highlighter(frozenset(form for found in forms.values() for form in found))
    return tuple(_hit(row, highlighter) for row in _rows(entry_ids))


def _rows(entry_ids: Sequence[int]) -> list[Any]:
    """The rows to show for these entries, in the same order."""
    if not entry_ids:
        return []
    rows = {row.entry_id: row for row in db.session.execute(_CARDS, {"entry_ids": list(entry_ids)})}
    return [rows[entry_id] for entry_id in entry_ids if entry_id in rows]


def _hit(row: Any, highlighter: Highlighter) -> Hit:
    shown = card(row)
    return Hit(
        shown,
        highlighter.highlighted(shown.headline),
        highlighter.snippet(row.standfirst, row.html),
    )
