"""Statements that pages ask again and again: composed once for each kind of database.

What SQLAlchemy does for a statement each time it is executed takes three to ten times as long as SQLite takes
to answer. Called by `queries` of what readers see; what is asked seldom goes through `db.session` as ever.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Dialect, Select, exc

from app.core.db import db

Wrap = Callable[[Any], Any] | None


class Question:
    """A `select` of columns, with bound parameters that each have one value (no `IN` of a list)."""

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
    ) -> None:
        self._statement = statement
        self._composed: dict[str, _Composed] = {}

    def __call__(self, **values: object) -> Sequence[Any]:
        """The rows as named tuples, in the session's transaction; raises what `session.execute` would."""
        connection = db.session.connection()
        composed = self._composed.get(connection.dialect.name)
        if composed is None:
            composed = _Composed(self._statement, connection.dialect)
            self._composed[connection.dialect.name] = composed
        return composed.rows(connection, values)


class _Composed:
    """A statement in the words of one database, and what turns values into the driver's and back."""

    def __init__(
        self,
        statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]],
        dialect: Dialect,
    ) -> None:
        compiled = statement.compile(dialect=dialect)
        self._text, self._order = str(compiled), compiled.positiontup
        wraps = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bind in compiled.binds.items()
        }
        self._fixed = {
            name: _wrapped(wraps[name], value)
            for name, value in compiled.params.items()
            if not compiled.binds[name].required
        }
        self._wraps = {name: wrap for name, wrap in wraps.items() if wrap is not None}
        columns = statement.selected_columns
        row: Any = namedtuple("Row", columns.keys())  # type: ignore[misc]  # it cannot know the names
        self._named_tuple = row._make
        read = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._reads = [(place, each) for place, each in enumerate(read) if each is not None]

    def rows(self, connection: Connection, values: Mapping[str, object]) -> list[Any]:
        given = self._fixed | {
            name: _wrapped(self._wraps.get(name), value) for name, value in values.items()
        }
        parameters = given if self._order is None else tuple(given[name] for name in self._order)
        cursor = connection.connection.cursor()
        for hear in connection.engine.dispatch.before_cursor_execute:
            hear(connection, cursor, self._text, parameters, None, False)
        try:
            cursor.execute(self._text, parameters)
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            if connection.dialect.is_disconnect(error, connection.connection, cursor):
                connection.invalidate(error)
            raise self._in_our_words(error, connection.dialect, parameters) from error
        finally:
            cursor.close()
        return [self._read(row) for row in found]

    def _read(self, row: Sequence[Any]) -> Any:
        fields = list(row)
        for place, read in self._reads:
            fields[place] = read(fields[place])
        return self._named_tuple(fields)

    def _in_our_words(self, error: Exception, dialect: Dialect, parameters: Any) -> BaseException:
        base = dialect.loaded_dbapi.Error
        return exc.DBAPIError.instance(self._text, parameters, error, base, dialect=dialect)


def _wrapped(wrap: Wrap, value: object) -> object:
    return value if wrap is None else wrap(value)
