"""Indexes every live story for search, from the tables at 0010."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.core.db import UtcDateTime
from migrations.frozen import search_0004
from migrations.frozen.body_0010 import UnreadableError, plain
from migrations.frozen.words_0010 import place, plain_words, terms, words_of

_BATCH = 500
_STORIES = sa.text(
    """SELECT article.id, article.published_at, revision.headline, revision.short_headline,
        revision.standfirst, revision.body, revision.category_id, revision.author_ids, revision.topic_ids
    FROM article JOIN revision ON revision.id = article.live_revision_id
    WHERE article.published_at IS NOT NULL AND article.live_category_id IS NOT NULL
        AND article.id > :after
    ORDER BY article.id LIMIT :most"""
).columns(
    sa.column("id", sa.Integer),
    sa.column("published_at", UtcDateTime),
    sa.column("headline", sa.String),
    sa.column("short_headline", sa.String),
    sa.column("standfirst", sa.Text),
    sa.column("body", sa.Text),
    sa.column("category_id", sa.Integer),
    sa.column("author_ids", sa.JSON),
    sa.column("topic_ids", sa.JSON),
)
_NAMES = {
    kind: sa.text(f"SELECT id, name FROM {kind} WHERE id IN :ids").bindparams(
        sa.bindparam("ids", expanding=True)
    )
    for kind in ("author", "topic")
}
_ENTER = sa.text(
    "INSERT INTO search_entry (id, article_id, terms) VALUES (:id, :article_id, :terms)"
)
_COUNT = sa.text("INSERT INTO search_word (word, stories) VALUES (:word, :stories)")

Entry = dict[str, Any]


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index again."""
    if connection.dialect.name == "postgresql":
        # Nobody can publish until this is done.
        connection.execute(sa.text("SELECT id FROM edition FOR UPDATE"))
    connection.execute(sa.text("DELETE FROM search_word"))
    connection.execute(sa.text("DELETE FROM search_entry"))
    search_0004.empty(connection)
    counted: Counter[str] = Counter()
    after = 0
    while rows := connection.execute(_STORIES, {"after": after, "most": _BATCH}).all():
        entries = _entries(connection, rows)
        connection.execute(_ENTER, entries)
        search_0004.note(connection, entries)
        for entry in entries:
            counted.update(plain_words(entry["terms"]))
        after = rows[-1].id
    if counted:
        words = [{"word": word, "stories": counted[word]} for word in sorted(counted)]
        connection.execute(_COUNT, words)


def _entries(connection: sa.Connection, rows: Sequence[Any]) -> list[Entry]:
    authors = _names(connection, "author", (each for row in rows for each in row.author_ids))
    topics = _names(connection, "topic", (each for row in rows for each in row.topic_ids))
    return [_entry(row, authors, topics) for row in rows]


def _names(connection: sa.Connection, kind: str, ids: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = connection.execute(_NAMES[kind], {"ids": wanted})
    return {row.id: row.name for row in found}


def _entry(row: Any, authors: dict[int, str], topics: dict[int, str]) -> Entry:
    body = _words_inside(row.body)
    signed = [authors[each] for each in row.author_ids if each in authors]
    about = [topics[each] for each in row.topic_ids if each in topics]
    headlines, aside = (row.headline, row.short_headline), (row.standfirst, *signed, *about)
    found = "" if body is None else terms(headlines, aside, body, row.category_id, row.author_ids)
    return {"id": place(row.published_at, row.id), "article_id": row.id, "terms": found}


@lru_cache(maxsize=128)  # demo stories share their texts
def _words_inside(body: str) -> frozenset[str] | None:
    """The words of a stored text. `None` for an unreadable text, which cannot be found."""
    try:
        return frozenset(words_of(plain(body)))
    except UnreadableError:
        return None
