"""The newsroom's index of headlines as the migration fills it: the rows, and each database's own index."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa

BATCH = 1000
_LONGEST_TERM = 24
_RUN = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")
_FTS5 = """CREATE VIRTUAL TABLE headline_index USING fts5(
    terms, content='headline_entry', content_rowid='article_id', detail=none, columnsize=0,
    tokenize='ascii')"""
_GIN = """CREATE INDEX headline_index ON headline_entry
    USING gin (array_to_tsvector(string_to_array(terms, ' ')))"""
_DRAFTS = "SELECT article_id, headline, short_headline FROM draft ORDER BY article_id"
_ENTRY = (
    "INSERT INTO headline_entry (article_id, folded, terms) VALUES (:article_id, :folded, :terms)"
)
_INDEXED = "INSERT INTO headline_index (rowid, terms) VALUES (:article_id, :terms)"


def create(connection: sa.Connection) -> None:
    """Create the index. `headline_entry` exists already."""
    connection.execute(sa.text(_FTS5 if _is_sqlite(connection) else _GIN))


def drop(connection: sa.Connection) -> None:
    """Undo `create`. On PostgreSQL the index is dropped with the table."""
    if _is_sqlite(connection):
        connection.execute(sa.text("DROP TABLE headline_index"))


def fill(connection: sa.Connection) -> None:
    """Index the headlines of all drafts."""
    drafts = connection.execute(sa.text(_DRAFTS)).all()
    for start in range(0, len(drafts), BATCH):
        entries = [_entry(*row) for row in drafts[start : start + BATCH]]
        connection.execute(sa.text(_ENTRY), entries)
        if _is_sqlite(connection):
            connection.execute(sa.text(_INDEXED), entries)


def _entry(article_id: int, headline: str, short_headline: str) -> dict[str, object]:
    both = _folded(f"{headline} {short_headline}")
    runs = _RUN.findall(both)
    terms = {run[start : start + _LONGEST_TERM] for run in runs for start in range(len(run))}
    return {"article_id": article_id, "folded": both, "terms": " ".join(sorted(terms))}


def _folded(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold()).casefold()
    plain = "".join(sign for sign in parted if not unicodedata.category(sign).startswith("M"))
    return " ".join(plain.split())


def _is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"
