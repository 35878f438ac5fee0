"""What the index holds of a story: its words, where they stand, its section and its authors, as terms.

`afghan` is a word anywhere in the story, `=afghan` one of a headline, `+afghan` one of the standfirst, a
byline or a topic; `#12` is the category and `@5` an author. One kind of look-up answers words and filters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from app.search.words import words_of

HEADLINE, ASIDE, CATEGORY, AUTHOR = "=", "+", "#", "@"
_MARKS = (HEADLINE, ASIDE, CATEGORY, AUTHOR)
_STORY_BITS = 26
_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class StoryText:
    """What a live story says, as far as search looks at it.

    `aside` is standfirst, bylines and topics; `body` its words.
    """

    headlines: tuple[str, ...]
    aside: tuple[str, ...]
    body: frozenset[str]
    category_id: int
    author_ids: tuple[int, ...]


def terms_of(text: StoryText) -> str:
    """The terms in their order, each once, with spaces between."""
    headline = {word for each in text.headlines for word in words_of(each)}
    aside = {word for each in text.aside for word in words_of(each)}
    terms = headline | aside | text.body | {f"{CATEGORY}{text.category_id}"}
    terms |= {HEADLINE + word for word in headline} | {ASIDE + word for word in aside}
    terms |= {f"{AUTHOR}{author}" for author in text.author_ids}
    return " ".join(sorted(terms))


def plain_words(terms: str) -> set[str]:
    """The words among `terms`, without those that say a place or a filter."""
    return {term for term in terms.split(" ") if term and term[0] not in _MARKS}


def either(words: Iterable[str], *marks: str) -> tuple[str, ...]:
    """Each of `words` with each of `marks`; any of them will do."""
    return tuple(mark + word for word in words for mark in marks)


def entry_id_of(published_at: datetime, article_id: int) -> int:
    """The number under which the index keeps a story: later stories have higher ones, no two the same.

    Seconds since the year 1, then the story's own id; fits 63 bits.
    """
    return (_seconds(published_at) << _STORY_BITS) + article_id % (1 << _STORY_BITS)


def first_entry_id(moment: datetime) -> int:
    """The lowest number that a story published at `moment` or later can have."""
    return _seconds(moment) << _STORY_BITS


def year_of_entry(number: int) -> float:
    """When the story at `number` was published, in years since the year 1, nearly."""
    return (number >> _STORY_BITS) / 31_556_952


def _seconds(moment: datetime) -> int:
    return int((moment.astimezone(UTC) - _BEGINNING).total_seconds())
