"""The same few functions for both databases: SQLite's FTS5 and PostgreSQL's tsvector.

Terms are made in Python (`words`, `terms`), so both databases find the same stories. SQLite's full-text table
holds no text and no positions, only which terms are in which row of `search_entry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, exc, text

from app.search.models import INDEX, VECTOR

_FTS5 = f"""CREATE VIRTUAL TABLE {INDEX} USING fts5(
    terms, content='search_entry', content_rowid='id', detail=none, columnsize=0,
    tokenize="ascii tokenchars '=+#@'")"""
_SEARCH_FTS5 = (
    f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :wanted{{n}}"
    " AND rowid >= :first AND rowid < :end ORDER BY rowid DESC LIMIT :most"
)
_SEARCH_GIN = (
    f"SELECT id FROM search_entry WHERE {VECTOR} @@ CAST(:wanted{{n}} AS tsquery)"
    " AND id >= :first AND id < :end ORDER BY id DESC LIMIT :most"
)
# PostgreSQL would else read all entries by age until it has found enough with the words, and never find them.
_SEARCH_RARE = (
    "WITH few AS MATERIALIZED"
    f" (SELECT id FROM search_entry WHERE {VECTOR} @@ CAST(:wanted{{n}} AS tsquery))"
    " SELECT id FROM few WHERE id >= :first AND id < :end ORDER BY id DESC LIMIT :most"
)
_ANY = "SELECT id FROM search_entry WHERE id >= :first AND id < :end ORDER BY id DESC LIMIT :most"

_TERMS = "temp.search_terms"
PRIME = 1_000_003
_SUMS = f"SELECT term, count(*), sum(doc % {PRIME}) FROM {_TERMS} GROUP BY term"

Groups = Sequence[Sequence[str]]
"""A search: an entry matches if it has at least one term of each group.

Without groups, every entry matches.
"""

Sums = dict[str, tuple[int, int]]
"""For each term, how many entries have it, and the sum of their ids modulo `PRIME`."""


def add_rows(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Index entries (`id`, `terms`) that were just inserted. PostgreSQL does this by itself."""
    if connection.dialect.name == "sqlite" and rows:
        connection.execute(
            text(f"INSERT INTO {INDEX} (rowid, terms) VALUES (:id, :terms)"), list(rows)
        )


def remove_rows(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Remove entries (`id`, `terms` as indexed) from the index, before they are deleted or changed."""
    if connection.dialect.name == "sqlite" and rows:
        connection.execute(
            text(f"INSERT INTO {INDEX} ({INDEX}, rowid, terms) VALUES ('delete', :id, :terms)"),
            list(rows),
        )


def reset(connection: Connection) -> None:
    """Empty the index. This works even when the full-text table is damaged."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TABLE IF EXISTS {INDEX}"))
        connection.execute(text(_FTS5))


def newest(
    connection: Connection, searches: Sequence[Groups], first: int, end: int, most: int
) -> list[tuple[int, int]]:
    """The newest `most` entries for each of `searches`, with one statement.

    Only ids from `first` up to `end` (exclusive) match. Each row is (number of the search, id of the entry).
    """
    one = _SEARCH_FTS5 if connection.dialect.name == "sqlite" else _SEARCH_GIN
    return _newest(connection, one, searches, {"first": first, "end": end, "most": most})


def newest_with_rare_terms(
    connection: Connection, searches: Sequence[Groups], most: int
) -> list[tuple[int, int]]:
    """The same as `newest`, for terms that few entries have: all of them are read and then sorted."""
    one = _SEARCH_FTS5 if connection.dialect.name == "sqlite" else _SEARCH_RARE
    return _newest(connection, one, searches, {"first": 0, "end": 2**63 - 1, "most": most})


def _newest(
    connection: Connection, one: str, searches: Sequence[Groups], bounds: dict[str, Any]
) -> list[tuple[int, int]]:
    written = _fts5_query if connection.dialect.name == "sqlite" else _tsquery
    parts = [
        f"SELECT {n}, * FROM ({one.format(n=n) if groups else _ANY}) AS anon_{n}"
        for n, groups in enumerate(searches)
    ]
    wanted = {f"wanted{n}": written(groups) for n, groups in enumerate(searches) if groups}
    rows = connection.execute(text(" UNION ALL ".join(parts)), bounds | wanted)
    return [(number, entry_id) for number, entry_id in rows]


def _fts5_query(groups: Groups) -> str:
    """Terms are quoted, so that nothing in them is an operator.

    A term contains no quotation mark (`words`).
    """
    return " AND ".join("(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in groups)


def _tsquery(groups: Groups) -> str:
    return " & ".join("(" + " | ".join(f"'{term}'" for term in group) + ")" for group in groups)


def sums(connection: Connection) -> Sums | None:
    """The content of the index, to compare with the entries. Empty when the index cannot be read.

    `None` on PostgreSQL, which updates its index by itself. SQLite's own integrity check of a full-text table
    is not used, because nobody else could write while it runs.
    """
    if connection.dialect.name != "sqlite":
        return None
    connection.execute(
        text(f"CREATE VIRTUAL TABLE {_TERMS} USING fts5vocab(main, {INDEX}, instance)")
    )
    try:
        return {term: (stories, ids) for term, stories, ids in connection.execute(text(_SUMS))}
    except exc.DatabaseError:
        return {}
    finally:
        connection.execute(text(f"DROP TABLE {_TERMS}"))
