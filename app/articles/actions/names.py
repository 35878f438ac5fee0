"""Turns the names of authors and topics, as a form sends them, into the ids that a content holds.

A new name gets its row only when it is certain that the content is saved. Until then a negative number is
used for it, so that contents can be compared and merged before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.accounts.actors import Actor
from app.articles.content import Content
from app.taxonomy.actions import authors_named, topics_named
from app.taxonomy.queries import author_ids, topic_ids


@dataclass(frozen=True)
class Names:
    """The authors of a story in the order of its byline, and its topics."""

    authors: Sequence[str]
    topics: Sequence[str]

    def numbered(self, content: Content) -> Content:
        """`content` with the ids of these names. A new name has a negative number."""
        return replace(
            content,
            author_ids=_numbers(self.authors, author_ids(self.authors)),
            topic_ids=_numbers(self.topics, topic_ids(self.topics)),
        )

    def filed(self, content: Content, *, by: Actor) -> Content:
        """The result of `numbered`, or a merge of it, with a row for each new name."""
        authors = {number: self.authors[-number - 1] for number in _new(content.author_ids)}
        topics = {number: self.topics[-number - 1] for number in _new(content.topic_ids)}
        made = {number: authors_named([name], by=by)[0].id for number, name in authors.items()}
        tagged = {number: topics_named([name], by=by)[0].id for number, name in topics.items()}
        return replace(
            content,
            author_ids=_once(made.get(each, each) for each in content.author_ids),
            topic_ids=_once(tagged.get(each, each) for each in content.topic_ids),
        )

    def labels(self) -> dict[tuple[str, int], str]:
        """The new names by kind and negative number."""
        return {
            (kind, -place): name
            for kind, names in (("author", self.authors), ("topic", self.topics))
            for place, name in enumerate(names, start=1)
        }


def _numbers(names: Sequence[str], known: Mapping[str, int]) -> tuple[int, ...]:
    return _once(known.get(name, -place) for place, name in enumerate(names, start=1))


def _new(ids: Iterable[int]) -> list[int]:
    return [each for each in ids if each < 0]


def _once(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))
