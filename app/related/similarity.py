"""Computes how similar two stories are. No database is used here; `queries` calls it.

A shared topic counts 1. A shared word of headline or standfirst counts up to 1: the rarer it is, the more it
counts, and common words count nothing. One shared word may be a coincidence; two words relate stories like
one topic. The score of stories that are months apart is lower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt

# The score of two stories of one day that share a topic. Stories that share less are not related.
ONE = 1000
_MONTH, _YEAR = 30, 12  # days, months


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """What a live story is compared by."""

    article_id: int
    published_at: datetime
    language: str
    topics: frozenset[int]
    words: frozenset[str]


def rare_word_weights(stories: Mapping[str, int]) -> dict[str, float]:
    """The weight of each rare word, from 0.5 to 1, by the number of live stories that have the word.

    A word is rare when it occurs in at most the square root of the number of stories that have the most
    common word in `stories`. In nearly every language that word is an article or a preposition, so this rule
    needs no list of common words and no count of all stories.
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
    """The score of two stories, 0 when they are not related.

    `weights` has the weights of the words of `one`.
    """
    words = sum(weights.get(word, 0.0) for word in one.words & other.words)
    shared = len(one.topics & other.topics) + words
    if shared < 1 or one.language != other.language or one.article_id == other.article_id:
        return 0
    months = abs(one.published_at - other.published_at).days // _MONTH
    return max(1, round(ONE * shared / (1 + months / (2 * _YEAR))))
