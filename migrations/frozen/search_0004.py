"""The full-text index of search entries: SQLite's FTS5 or PostgreSQL's tsvector."""

from __future__ import annotations

import sqlalchemy as sa

# Compared byte by byte, so that words with the same beginning are next to each other.
WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")

_FTS5 = """CREATE VIRTUAL TABLE search_index USING fts5(
    terms, content='search_entry', content_rowid='id', detail=none, columnsize=0,
    tokenize="ascii tokenchars '=+#@'")"""
_POSTGRES = (
    """ALTER TABLE search_entry ADD COLUMN search_vector tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED""",
    "CREATE INDEX ix_search_entry_search_vector ON search_entry USING gin (search_vector)",
)


def create(connection: sa.Connection) -> None:
    """Create the index. `search_entry` exists already."""
    for statement in (_FTS5,) if _is_sqlite(connection) else _POSTGRES:
        connection.execute(sa.text(statement))


def drop(connection: sa.Connection) -> None:
    """Undo `create`. On PostgreSQL the index is dropped with the table."""
    if _is_sqlite(connection):
        connection.execute(sa.text("DROP TABLE search_index"))


def empty(connection: sa.Connection) -> None:
    """Empty the index, even if the full-text table is damaged. PostgreSQL does this by itself."""
    if _is_sqlite(connection):
        connection.execute(sa.text("DROP TABLE IF EXISTS search_index"))
        connection.execute(sa.text(_FTS5))


def note(connection: sa.Connection, entries: list[dict[str, object]]) -> None:
    """Index entries (`id`, `terms`) that were just inserted. PostgreSQL does this by itself."""
    if _is_sqlite(connection):
        noted = sa.text("INSERT INTO search_index (rowid, terms) VALUES (:id, :terms)")
        connection.execute(noted, entries)


def _is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"
