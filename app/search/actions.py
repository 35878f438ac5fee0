"""Keeping the index to what is live, inside the transaction that changes it; `stet search rebuild` as well.

`publishing.actions` calls `index` and `remove`; the demo, which writes past the editors' actions, `enter`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, text

from app.articles.models import Byline
from app.core.db import db
from app.core.edition import wait_for_turn
from app.search import engines
from app.search.models import Entry, Word
from app.search.sources import Entered, all_entries, entries_of
from app.search.terms import plain_words

_ADD = text(
    "INSERT INTO search_word (word, stories) VALUES (:word, :stories)"
    " ON CONFLICT (word) DO UPDATE SET stories = search_word.stories + excluded.stories"
)
_DROP = text("DELETE FROM search_word WHERE word = :word AND stories <= 0")


def index(article_id: int) -> None:
    """Have readers find a story by what its live revision says; called when it goes live or changes."""
    _follow([article_id])


def remove(article_id: int) -> None:
    """Have readers find a story no more; nothing happens when they could not."""
    _follow([article_id])


def enter(article_ids: Sequence[int]) -> None:
    """Index many stories at once that are not in the index yet."""
    connection = db.session.connection()
    _write(connection, entries_of(connection, article_ids))


def author_renamed(author_id: int) -> None:
    """Index anew what an author has signed; `core.events` says when, inside the transaction."""
    signed = select(Byline.article_id).where(Byline.author_id == author_id)
    _follow(db.session.scalars(signed).all())


def rebuild(connection: Connection) -> int:
    """Make the whole index anew from the live stories; how many there are."""
    wait_for_turn(connection)
    connection.execute(delete(Word))
    connection.execute(delete(Entry))
    engines.emptied(connection)
    counted: Counter[str] = Counter()
    stories = 0
    for entries in all_entries(connection):
        _write_entries(connection, entries)
        for entry in entries:
            counted.update(plain_words(entry["terms"]))
        stories += len(entries)
    _count(connection, counted)
    return stories


def _follow(article_ids: Sequence[int]) -> None:
    """Make the entries of these stories what the stories' live revisions ask for."""
    db.session.flush()
    connection = db.session.connection()
    held = {entry["article_id"]: entry for entry in _held(connection, article_ids)}
    wanted = {entry["article_id"]: entry for entry in entries_of(connection, article_ids)}
    changed = [each for each in article_ids if held.get(each) != wanted.get(each)]
    _erase(connection, [held[each] for each in changed if each in held])
    _write(connection, [wanted[each] for each in changed if each in wanted])


def _held(connection: Connection, article_ids: Sequence[int]) -> list[Entered]:
    columns = Entry.__table__.c
    entries = select(columns.id, columns.article_id, columns.terms)
    rows = connection.execute(entries.where(columns.article_id.in_(article_ids)))
    return [dict(row) for row in rows.mappings()]


def _erase(connection: Connection, entries: Sequence[Entered]) -> None:
    if not entries:
        return
    engines.leaving(connection, entries)
    ids = [entry["id"] for entry in entries]
    connection.execute(delete(Entry).where(Entry.id.in_(ids)))
    gone = _words_in(entries)
    _count(connection, {word: -stories for word, stories in gone.items()})


def _write(connection: Connection, entries: Sequence[Entered]) -> None:
    if entries:
        _write_entries(connection, entries)
        _count(connection, _words_in(entries))


def _write_entries(connection: Connection, entries: Sequence[Entered]) -> None:
    connection.execute(insert(Entry), list(entries))
    engines.entered(connection, entries)


def _words_in(entries: Sequence[Entered]) -> Counter[str]:
    return Counter(word for entry in entries for word in plain_words(entry["terms"]))


def _count(connection: Connection, words: Mapping[str, int]) -> None:
    """Add to (or take from) how many stories have each of `words`."""
    if not words:
        return
    wait_for_turn(connection)
    rows = [{"word": word, "stories": words[word]} for word in sorted(words)]
    connection.execute(_ADD, rows)
    fewer = [{"word": row["word"]} for row in rows if words[str(row["word"])] < 0]
    if fewer:
        connection.execute(_DROP, fewer)
