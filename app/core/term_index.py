"""An index by which the newsroom finds rows by any part of a word, in every script, on both databases.

Beside what is searched stands a table of entries with three columns: the key, the folded text, and the terms
of `core.word_parts`. On SQLite, a full-text table indexes the terms, on PostgreSQL an index of the entries.
Both are made by migrations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, delete, insert, select, text

from app.core.db import db
from app.core.word_parts import beginnings, folded, terms_of

# Rows that are found for one search. Their keys are in order of age.
MOST = 1000
BATCH = 1000


@dataclass(frozen=True)
class TermIndex:
    """The index `name` of the table `entries`, whose primary key is the column `key`."""

    name: str
    entries: FromClause
    key: str

    def entry(self, key: int, words: str) -> dict[str, Any]:
        """The row for what is found by `words`."""
        found = folded(words)
        return {self.key: key, "folded": found, "terms": terms_of(found)}

    def put(self, key: int, words: str) -> None:
        """Have a row found by `words`, and by nothing that was put before."""
        wanted, held = self.entry(key, words), self._held(key)
        if held != wanted:
            self._take_out(held)
            self.add([wanted])

    def remove(self, key: int) -> None:
        """Forget a row."""
        self._take_out(self._held(key))

    def add(self, entries: Iterable[dict[str, Any]]) -> None:
        """Index rows that are not in the index yet."""
        rows = list(entries)
        if not rows:
            return
        db.session.execute(insert(self._table), rows)
        if _is_sqlite():
            into = f"INSERT INTO {self.name} (rowid, terms) VALUES (:{self.key}, :terms)"
            db.session.execute(text(into), rows)

    def rebuild(self, rows: Iterable[tuple[int, str]]) -> int:
        """Make the whole index again from these keys and words. Returns how many there are."""
        if _is_sqlite():
            db.session.execute(text(f"INSERT INTO {self.name} ({self.name}) VALUES ('delete-all')"))
        db.session.execute(delete(self._table))
        whole = list(rows)
        for start in range(0, len(whole), BATCH):
            self.add(self.entry(*row) for row in whole[start : start + BATCH])
        return len(whole)

    def contains(self, words: Sequence[str]) -> ColumnElement[bool]:
        """For statements on the entries: whether the text contains each of the folded `words`."""
        return and_(*(self._table.c.folded.contains(word, autoescape=True) for word in words))

    def keys_with(self, words: Sequence[str], below: int | None = None) -> Sequence[int]:
        """The largest keys of the rows that may contain all these folded words, at most `MOST`.

        With `below`, only smaller keys. Empty if nothing in the words is a letter or a digit.
        """
        terms = beginnings(words)
        if not terms:
            return []
        if _is_sqlite():
            statement, wanted = self._sqlite(below), " AND ".join(f'"{term}" *' for term in terms)
        else:
            statement, wanted = self._postgresql(below), " & ".join(f"'{term}':*" for term in terms)
        values = {"wanted": wanted, "most": MOST} | ({"below": below} if below is not None else {})
        return db.session.scalars(text(statement), values).all()

    def _sqlite(self, below: int | None) -> str:
        limit = "" if below is None else " AND rowid < :below"
        return (
            f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH :wanted{limit}"
            " ORDER BY rowid DESC LIMIT :most"
        )

    def _postgresql(self, below: int | None) -> str:
        # Materialized: it would else look through all rows by age until it has found enough.
        limit = "" if below is None else f" WHERE {self.key} < :below"
        return (
            f"WITH found AS MATERIALIZED (SELECT {self.key} FROM {self._table.name}"
            " WHERE array_to_tsvector(string_to_array(terms, ' ')) @@ CAST(:wanted AS tsquery))"
            f" SELECT {self.key} FROM found{limit} ORDER BY {self.key} DESC LIMIT :most"
        )

    @property
    def _table(self) -> Table:
        assert isinstance(self.entries, Table)
        return self.entries

    def _held(self, key: int) -> dict[str, Any] | None:
        columns = self._table.c
        found = db.session.execute(select(*columns).where(columns[self.key] == key))
        row = found.mappings().one_or_none()
        return None if row is None else dict(row)

    def _take_out(self, held: dict[str, Any] | None) -> None:
        if held is None:
            return
        if _is_sqlite():
            out = f"INSERT INTO {self.name} ({self.name}, rowid, terms)"
            db.session.execute(text(f"{out} VALUES ('delete', :{self.key}, :terms)"), held)
        db.session.execute(delete(self._table).where(self._table.c[self.key] == held[self.key]))


def _is_sqlite() -> bool:
    return db.session.connection().dialect.name == "sqlite"
