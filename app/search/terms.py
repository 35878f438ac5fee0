"""The terms of a story in the index: its words and the fields they are in, its section and its authors.

`afghan` is a word anywhere in the story, `=afghan` a word in a headline, `+afghan` a word in the standfirst,
the byline or a topic. `#12` is the category and `@5` an author. So words and filters are looked up in the
same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from app.search.words import indexed_words

HEADLINE, ASIDE, CATEGORY, AUTHOR = "=", "+", "#", "@"
_MARKS = (HEADLINE, ASIDE, CATEGORY, AUTHOR)
_STORY_BITS = 26
_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class StoryText:
    """The parts of a live story that search indexes.

    `aside` is the standfirst, the byline and the topics. `body` is the words of the body.
    """

    headlines: tuple[str, ...]
    aside: tuple[str, ...]
    body: frozenset[str]
    category_id: int
    author_ids: tuple[int, ...]


def terms_of(text: StoryText) -> str:
    """The terms, sorted, each once, with spaces between them."""
    headline = {word for each in text.headlines for word in indexed_words(each)}
    aside = {word for each in text.aside for word in indexed_words(each)}
    terms = headline | aside | text.body | {f"{CATEGORY}{text.category_id}"}
    terms |= {HEADLINE + word for word in headline} | {ASIDE + word for word in aside}
    terms |= {f"{AUTHOR}{author}" for author in text.author_ids}
    return " ".join(sorted(terms))


def plain_words(terms: str) -> set[str]:
    """The words among `terms`, without the terms for fields and filters."""
    return {term for term in terms.split(" ") if term and term[0] not in _MARKS}


def either(words: Iterable[str], *marks: str) -> tuple[str, ...]:
    """A group of terms: each of `words` with each of the prefixes `marks`."""
    return tuple(mark + word for word in words for mark in marks)


def entry_id_of(published_at: datetime, article_id: int) -> int:
    """The id of a story's entry in the index. It is unique, and later stories have higher ids.

    The upper bits are seconds since the year 1, and the lower bits the article's id. It fits into 63 bits.
    """
    return (_seconds(published_at) << _STORY_BITS) + article_id % (1 << _STORY_BITS)


def first_entry_id(moment: datetime) -> int:
    """The lowest entry id of a story that was published at `moment` or later."""
    return _seconds(moment) << _STORY_BITS


def year_of_entry(number: int) -> float:
    """When the story with the entry id `number` was published, in years since the year 1, approximately."""
    return (number >> _STORY_BITS) / 31_556_952


def _seconds(moment: datetime) -> int:
    return int((moment.astimezone(UTC) - _BEGINNING).total_seconds())
