"""The two databases behind the same few functions: SQLite's FTS5 and PostgreSQL's tsvector.

Terms are made in Python (`words`, `terms`), so both find the same stories. SQLite's full-text table keeps
no text and no positions of its own, only which terms stand in which row of `search_entry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, exc, text

from app.search.models import GIN, INDEX

_VECTOR = "array_to_tsvector(string_to_array(terms, ' '))"
_FTS5 = f"""CREATE VIRTUAL TABLE {INDEX} USING fts5(
    terms, content='search_entry', content_rowid='id', detail=none, columnsize=0,
    tokenize="ascii tokenchars '=+#@'")"""
_SEARCH_FTS5 = (
    f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :wanted{{n}}"
    " AND rowid >= :first AND rowid < :end ORDER BY rowid DESC LIMIT :most"
)
_SEARCH_GIN = (
    f"SELECT id FROM search_entry WHERE {_VECTOR} @@ CAST(:wanted{{n}} AS tsquery)"
    " AND id >= :first AND id < :end ORDER BY id DESC LIMIT :most"
)

Groups = Sequence[Sequence[str]]
"""What is looked for: of each group, at least one term."""


def create(connection: Connection) -> None:
    """Make what looks terms up; the migration calls this."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(_FTS5))
    else:
        connection.execute(text(f"CREATE INDEX {GIN} ON search_entry USING gin ({_VECTOR})"))


def drop(connection: Connection) -> None:
    """Undo `create`; on PostgreSQL the index goes with its table."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TABLE {INDEX}"))


def entered(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Note entries (`id`, `terms`) that have just been written; PostgreSQL follows by itself."""
    if connection.dialect.name == "sqlite" and rows:
        connection.execute(
            text(f"INSERT INTO {INDEX} (rowid, terms) VALUES (:id, :terms)"), list(rows)
        )


def leaving(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Forget entries (`id`, `terms` as they were entered) that are about to be removed or changed."""
    if connection.dialect.name == "sqlite" and rows:
        connection.execute(
            text(f"INSERT INTO {INDEX} ({INDEX}, rowid, terms) VALUES ('delete', :id, :terms)"),
            list(rows),
        )


def emptied(connection: Connection) -> None:
    """Forget all entries, whatever state the full-text table is in."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TABLE IF EXISTS {INDEX}"))
        connection.execute(text(_FTS5))


def newest(
    connection: Connection, searches: Sequence[Groups], first: int, end: int, most: int
) -> list[tuple[int, int]]:
    """The newest `most` entries for each of `searches` with ids from `first` up to `end`, in one statement.

    Each comes as (number of the search, id of the entry).
    """
    sqlite = connection.dialect.name == "sqlite"
    one, written = (_SEARCH_FTS5, _fts5_query) if sqlite else (_SEARCH_GIN, _tsquery)
    parts = [f"SELECT {n}, * FROM ({one.format(n=n)}) AS part{n}" for n in range(len(searches))]
    wanted = {f"wanted{n}": written(groups) for n, groups in enumerate(searches)}
    bounds: dict[str, Any] = {"first": first, "end": end, "most": most}
    rows = connection.execute(text(" UNION ALL ".join(parts)), bounds | wanted)
    return [(number, place) for number, place in rows]


def _fts5_query(groups: Groups) -> str:
    """In quotation marks nothing is an operator; a term has none itself (`words`)."""
    return " AND ".join("(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in groups)


def _tsquery(groups: Groups) -> str:
    return " & ".join("(" + " | ".join(f"'{term}'" for term in group) + ")" for group in groups)


def is_sound(connection: Connection) -> bool:
    """Whether the full-text table holds exactly the terms of `search_entry`; only SQLite has two places."""
    if connection.dialect.name != "sqlite":
        return True
    try:
        connection.execute(
            text(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)")
        )
    except exc.DatabaseError as error:
        if getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            return False
        raise
    return True
