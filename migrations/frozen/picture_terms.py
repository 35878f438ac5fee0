"""The library's index of the words of pictures as its migration fills it, for both databases."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa

BATCH = 1000
_LONGEST_TERM = 24
_RUN = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")
_FTS5 = """CREATE VIRTUAL TABLE picture_index USING fts5(
    terms, content='picture_entry', content_rowid='picture_id', detail=none, columnsize=0,
    tokenize='ascii')"""
_GIN = """CREATE INDEX picture_index ON picture_entry
    USING gin (array_to_tsvector(string_to_array(terms, ' ')))"""
_TEXTS = (
    *("caption", "credit", "alt", "byline", "place", "source", "rights", "territories"),
    *("file_name", "short_name"),
)
_PICTURES = f"SELECT id, {', '.join(_TEXTS)} FROM picture ORDER BY id"
_ENTRY = (
    "INSERT INTO picture_entry (picture_id, folded, terms) VALUES (:picture_id, :folded, :terms)"
)
_INDEXED = "INSERT INTO picture_index (rowid, terms) VALUES (:picture_id, :terms)"


def create(connection: sa.Connection) -> None:
    """Create the index. `picture_entry` exists already."""
    connection.execute(sa.text(_FTS5 if _is_sqlite(connection) else _GIN))


def drop(connection: sa.Connection) -> None:
    """Undo `create`. On PostgreSQL the index is dropped with the table."""
    if _is_sqlite(connection):
        connection.execute(sa.text("DROP TABLE picture_index"))


def fill(connection: sa.Connection) -> None:
    """Index the words of all pictures."""
    pictures = connection.execute(sa.text(_PICTURES)).all()
    for start in range(0, len(pictures), BATCH):
        entries = [_entry(*row) for row in pictures[start : start + BATCH]]
        connection.execute(sa.text(_ENTRY), entries)
        if _is_sqlite(connection):
            connection.execute(sa.text(_INDEXED), entries)


def _entry(picture_id: int, *texts: str) -> dict[str, object]:
    words = _folded(" ".join(each for each in texts if each))
    runs = _RUN.findall(words)
    terms = {run[start : start + _LONGEST_TERM] for run in runs for start in range(len(run))}
    return {"picture_id": picture_id, "folded": words, "terms": " ".join(sorted(terms))}


def _folded(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold()).casefold()
    plain = "".join(sign for sign in parted if not unicodedata.category(sign).startswith("M"))
    return " ".join(plain.split())


def _is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"
