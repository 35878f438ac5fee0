"""How much two stories are about the same; pure, called by `queries`.

A shared topic counts 1. A shared word of headline or standfirst counts up to 1, the rarer the more, and
nothing when it is common: one word alone is coincidence, two make a relation as a topic does. Stories that
are months apart count less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt

# What a shared topic, or two telling words, make of two stories of one day; less is no relation.
ONE = 1000
_MONTH, _YEAR = 30, 12  # days, months


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """What a live story is about, as far as related stories go."""

    article_id: int
    published_at: datetime
    language: str
    topics: frozenset[int]
    words: frozenset[str]


def rare_word_weights(stories: Mapping[str, int]) -> dict[str, float]:
    """What each word weighs, from above 0.5 to 1, by the number of live stories that have it.

    A word tells something when it stands in no more stories than the square root of those that have the
    commonest of `stories`: that one is an article or preposition in about every language, so the rule needs
    no list of them and no count of all stories.
    """
    most = max(stories.values(), default=0)
    if most < 4:
        return {}
    return {
        word: log(most / number) / log(most)
        for word, number in stories.items()
        if 0 < number <= sqrt(most)
    }


def similarity(one: StoryFeatures, other: StoryFeatures, weights: Mapping[str, float]) -> int:
    """The score of two stories, 0 when they are not related; `weights` are those of the words of `one`."""
    words = sum(weights.get(word, 0.0) for word in one.words & other.words)
    shared = len(one.topics & other.topics) + words
    if shared < 1 or one.language != other.language or one.article_id == other.article_id:
        return 0
    months = abs(one.published_at - other.published_at).days // _MONTH
    return max(1, round(ONE * shared / (1 + months / (2 * _YEAR))))
