"""Statements that many pages execute: compiled once for each kind of database.

SQLAlchemy's work for each execution of a statement takes three to ten times as long as SQLite's. The
`queries` modules that serve readers use this; statements that are executed seldom go through `db.session`.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Dialect, Select, exc

from app.core.db import db

Processor = Callable[[Any], Any] | None


class PreparedSelect:
    """A `select` of columns; each bound parameter has one value (no `IN` with a list)."""

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
    ) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def __call__(self, **values: object) -> Sequence[Any]:
        """The rows as named tuples, in the session's transaction; raises what `session.execute` would."""
        connection = db.session.connection()
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = _Compiled(self._statement, connection.dialect)
            self._compiled[connection.dialect.name] = compiled
        return compiled.rows(connection, values)


class _Compiled:
    """A statement as SQL for one database, with the processors that convert its values and columns."""

    def __init__(
        self,
        statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]],
        dialect: Dialect,
    ) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql, self._order = str(compiled), compiled.positiontup
        processors = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bind in compiled.binds.items()
        }
        self._constants = {
            name: _processed(processors[name], value)
            for name, value in compiled.params.items()
            if not compiled.binds[name].required
        }
        self._bind_processors = {
            name: processor for name, processor in processors.items() if processor is not None
        }
        columns = statement.selected_columns
        row: Any = namedtuple("Row", columns.keys())  # type: ignore[misc]  # it cannot know the names
        self._named_tuple = row._make
        read = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._result_processors = [
            (position, each) for position, each in enumerate(read) if each is not None
        ]

    def rows(self, connection: Connection, values: Mapping[str, object]) -> list[Any]:
        bound = self._constants | {
            name: _processed(self._bind_processors.get(name), value)
            for name, value in values.items()
        }
        parameters = bound if self._order is None else tuple(bound[name] for name in self._order)
        cursor = connection.connection.cursor()
        for listener in connection.engine.dispatch.before_cursor_execute:
            listener(connection, cursor, self._sql, parameters, None, False)
        try:
            cursor.execute(self._sql, parameters)
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            if connection.dialect.is_disconnect(error, connection.connection, cursor):
                connection.invalidate(error)
            raise self._sqlalchemy_error(error, connection.dialect, parameters) from error
        finally:
            cursor.close()
        return [self._named(row) for row in found]

    def _named(self, row: Sequence[Any]) -> Any:
        fields = list(row)
        for position, processor in self._result_processors:
            fields[position] = processor(fields[position])
        return self._named_tuple(fields)

    def _sqlalchemy_error(
        self, error: Exception, dialect: Dialect, parameters: Any
    ) -> BaseException:
        base = dialect.loaded_dbapi.Error
        return exc.DBAPIError.instance(self._sql, parameters, error, base, dialect=dialect)


def _processed(processor: Processor, value: object) -> object:
    return value if processor is None else processor(value)
