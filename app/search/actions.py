"""Updates the index inside the transaction that publishes or withdraws a story; `stet search rebuild`.

`publishing.actions` calls `update`. The demo does not use the editors' actions, so it calls `add`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, text

from app.core.db import db
from app.core.edition import wait_for_turn
from app.live.models import Byline
from app.search import engines
from app.search.models import SearchEntry, SearchWord
from app.search.sources import BATCH, EntryRow, all_entries, entries_of
from app.search.terms import plain_words

_ADD = text(
    "INSERT INTO search_word (word, stories) VALUES (:word, :stories)"
    " ON CONFLICT (word) DO UPDATE SET stories = search_word.stories + excluded.stories"
)
_DROP = text("DELETE FROM search_word WHERE word = :word AND stories <= 0")


def update(article_id: int) -> None:
    """Index the live revision of a story, or remove the story from the index if it is not live."""
    _update(_exclusive_connection(), [article_id])


def author_renamed(author_id: int) -> None:
    """Index the stories of an author again. Connected to the event in `core.events`."""
    connection = _exclusive_connection()
    signed = select(Byline.article_id).where(Byline.author_id == author_id).distinct()
    ids = connection.scalars(signed.order_by(Byline.article_id)).all()
    for start in range(0, len(ids), BATCH):
        _update(connection, ids[start : start + BATCH])


def add(article_ids: Sequence[int]) -> None:
    """Index many stories that are not in the index yet."""
    connection = _exclusive_connection()
    _write(connection, entries_of(connection, article_ids))


def rebuild(connection: Connection) -> int:
    """Make the whole index again from the live stories. Returns how many there are."""
    wait_for_turn(connection)
    connection.execute(delete(SearchWord))
    connection.execute(delete(SearchEntry))
    engines.reset(connection)
    counted: Counter[str] = Counter()
    stories = 0
    for entries in all_entries(connection):
        _write_entries(connection, entries)
        for entry in entries:
            counted.update(plain_words(entry["terms"]))
        stories += len(entries)
    _count(connection, counted)
    return stories


def _exclusive_connection() -> Connection:
    """The connection, after waiting until no other transaction can change the index.

    Call this before anything is read or locked: then nothing that is read can change, and no other
    transaction waits for a lock of this one.
    """
    db.session.flush()
    connection = db.session.connection()
    wait_for_turn(connection)
    return connection


def _update(connection: Connection, article_ids: Sequence[int]) -> None:
    """Make the entries of these stories agree with their live revisions."""
    held = {entry["article_id"]: entry for entry in _held(connection, article_ids)}
    wanted = {entry["article_id"]: entry for entry in entries_of(connection, article_ids)}
    changed = [each for each in article_ids if held.get(each) != wanted.get(each)]
    _erase(connection, [held[each] for each in changed if each in held])
    _write(connection, [wanted[each] for each in changed if each in wanted])


def _held(connection: Connection, article_ids: Sequence[int]) -> list[EntryRow]:
    columns = SearchEntry.__table__.c
    entries = select(columns.id, columns.article_id, columns.terms)
    rows = connection.execute(entries.where(columns.article_id.in_(article_ids)))
    return [dict(row) for row in rows.mappings()]


def _erase(connection: Connection, entries: Sequence[EntryRow]) -> None:
    if not entries:
        return
    engines.remove_rows(connection, entries)
    ids = [entry["id"] for entry in entries]
    connection.execute(delete(SearchEntry).where(SearchEntry.id.in_(ids)))
    gone = _words_in(entries)
    _count(connection, {word: -stories for word, stories in gone.items()})


def _write(connection: Connection, entries: Sequence[EntryRow]) -> None:
    if entries:
        _write_entries(connection, entries)
        _count(connection, _words_in(entries))


def _write_entries(connection: Connection, entries: Sequence[EntryRow]) -> None:
    connection.execute(insert(SearchEntry), list(entries))
    engines.add_rows(connection, entries)


def _words_in(entries: Sequence[EntryRow]) -> Counter[str]:
    return Counter(word for entry in entries for word in plain_words(entry["terms"]))


def _count(connection: Connection, words: Mapping[str, int]) -> None:
    """Add these numbers, which may be negative, to the number of stories that have each word."""
    if not words:
        return
    rows = [{"word": word, "stories": words[word]} for word in sorted(words)]
    connection.execute(_ADD, rows)
    fewer = [{"word": row["word"]} for row in rows if words[str(row["word"])] < 0]
    if fewer:
        connection.execute(_DROP, fewer)
