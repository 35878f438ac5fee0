"""Finds stories that may be related to a story: neighbours in its topics, and stories with its rare words.

`actions` calls this inside the transaction that publishes. It reads at most `2 * NEAR` stories for each of
`MOST_TOPICS` topics, and `NEWEST` stories for each of `MOST_WORDS` words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Integer, bindparam, select, union_all

from app.core.db import UtcDateTime
from app.live.models import Publication, Tagging
from app.related.similarity import StoryFeatures, rare_word_weights, similarity
from app.search import engines
from app.search.models import SearchEntry, SearchWord
from app.search.terms import ASIDE, HEADLINE, either
from app.search.words import words_of

MOST_TOPICS = 12
NEAR = 10
MOST_WORDS = 6
NEWEST = 15

_PUBLICATION = Publication.__table__.c
_FEATURES = select(
    _PUBLICATION.article_id,
    _PUBLICATION.published_at,
    _PUBLICATION.headline,
    _PUBLICATION.short_headline,
    _PUBLICATION.standfirst,
    _PUBLICATION.language,
).where(
    # Pages such as “About” are in no section, and have no related stories.
    _PUBLICATION.category_id.is_not(None),
    _PUBLICATION.article_id.in_(bindparam("articles", expanding=True, type_=Integer)),
)
_TOPICS = select(Tagging.article_id, Tagging.topic_id).where(
    Tagging.article_id.in_(bindparam("articles", expanding=True, type_=Integer))
)

Scored = tuple[int, int]
"""A story's id and its score."""


def features_of(connection: Connection, article_ids: Collection[int]) -> list[StoryFeatures]:
    """The features of these stories. Stories that are not live are left out."""
    if not article_ids:
        return []  # SQLite would read the whole table for an empty list
    these = {"articles": list(article_ids)}
    topics: defaultdict[int, set[int]] = defaultdict(set)
    for article_id, topic_id in connection.execute(_TOPICS, these):
        topics[article_id].add(topic_id)
    return [_features(row, topics[row.article_id]) for row in connection.execute(_FEATURES, these)]


def _features(row: Any, topics: Iterable[int]) -> StoryFeatures:
    texts = (row.headline, row.short_headline, row.standfirst)
    return StoryFeatures(
        article_id=row.article_id,
        published_at=row.published_at,
        language=row.language,
        topics=frozenset(topics),
        words=frozenset(word for text in texts for word in words_of(text)),
    )


def related_to(connection: Connection, story: StoryFeatures) -> list[Scored]:
    """The live stories that are related to `story`, highest score first."""
    weights = rare_word_weights(_stories_with(connection, story.words))
    rarest = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    near = {*_in_topics(connection, story), *_by_words(connection, rarest)} - {story.article_id}
    scored = [
        (each.article_id, similarity(story, each, weights))
        for each in features_of(connection, near)
    ]
    related = [each for each in scored if each[1] > 0]
    return sorted(related, key=lambda each: (each[1], each[0]), reverse=True)


def _stories_with(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    counted = select(SearchWord.word, SearchWord.stories).where(SearchWord.word.in_(sorted(words)))
    return {row.word: row.stories for row in connection.execute(counted)}


def _in_topics(connection: Connection, story: StoryFeatures) -> Iterable[int]:
    topics = sorted(story.topics)[:MOST_TOPICS]
    if not topics:
        return ()
    of = {f"topic_{place}": topic for place, topic in enumerate(topics)}
    around = {"at": story.published_at, **of}
    return connection.execute(_neighbours(len(topics)), around).scalars()


@cache
def _neighbours(topics: int) -> CompoundSelect[Any]:
    """The stories just before and just after a moment, in each of `topics` topics."""
    at = bindparam("at", type_=UtcDateTime)
    parts = []
    for place in range(topics):
        in_topic = select(Tagging.article_id).where(
            Tagging.topic_id == bindparam(f"topic_{place}", type_=Integer)
        )
        by_age = (Tagging.published_at, Tagging.article_id)
        older = in_topic.where(Tagging.published_at <= at).order_by(*(c.desc() for c in by_age))
        newer = in_topic.where(Tagging.published_at > at).order_by(*by_age)
        # One more than needed, because the story itself may be among them.
        parts += [older.limit(NEAR + 1).subquery(), newer.limit(NEAR).subquery()]
    return union_all(*(select(part.c.article_id) for part in parts))


def _by_words(connection: Connection, words: Sequence[str]) -> Iterable[int]:
    """The newest stories with one of `words` in the headline, standfirst, byline or topics."""
    if not words:
        return ()
    searches = [[either([word], HEADLINE, ASIDE)] for word in words]
    found = engines.newest_with_rare_terms(connection, searches, NEWEST)
    entry_ids = {entry_id for _, entry_id in found}
    return connection.execute(
        select(SearchEntry.article_id).where(SearchEntry.id.in_(entry_ids))
    ).scalars()
