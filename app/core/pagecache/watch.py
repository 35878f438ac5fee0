"""Knowing the current edition on every request: exact, so that nothing published is ever answered stale.

SQLite tells in microseconds whether anything was committed since one last looked (`PRAGMA data_version`).
PostgreSQL is asked for the number: its notifications arrive a moment after the commit has been answered,
and in that moment an old page would go out.
"""

from __future__ import annotations

import threading
import time
import weakref
from typing import Any, Protocol

from sqlalchemy import Engine, exc, text

# After a failure the database is left alone for so long, in seconds: pages must not wait for it one by one.
_REST = 1.0
_NUMBER = text("SELECT number FROM edition")


class Watch(Protocol):
    """Tells the number of the current edition."""

    def number(self) -> int | None:
        """The number; None when the database cannot be asked."""


class SqliteWatch:
    """One connection for each thread, since a connection sees only what others have committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._eyes = threading.local()
        self._rests_until = 0.0

    def number(self) -> int | None:
        """The number, read anew only when something was committed."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            return self._eye().look()
        except (exc.DBAPIError, exc.TimeoutError, self._engine.dialect.loaded_dbapi.Error):
            self._eyes = threading.local()
            self._rests_until = time.monotonic() + _REST
            return None

    def _eye(self) -> _Eye:
        try:
            eye: _Eye = self._eyes.eye
        except AttributeError:
            eye = self._eyes.eye = _Eye(self._engine)
        return eye


class _Eye:
    """A thread's own connection, and what it last saw."""

    __slots__ = ("__weakref__", "_ask", "_edition", "_version")

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        driver: Any = pooled.dbapi_connection
        pooled.detach()  # it is this thread's for as long as the thread lives, not the pool's
        weakref.finalize(self, driver.close)
        self._ask = driver.cursor().execute
        self._version, self._edition = -1, 0

    def look(self) -> int:
        version: int = self._ask("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._edition = self._ask(_NUMBER.text).fetchone()[0]
            self._version = version
        return self._edition


class PostgresWatch:
    """Asks for the number, over the pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._rests_until = 0.0

    def number(self) -> int | None:
        """The number as of the last commit."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            with self._engine.connect() as connection:
                number: int = connection.execute(_NUMBER).scalar_one()
                return number
        except (exc.DBAPIError, exc.TimeoutError):
            self._rests_until = time.monotonic() + _REST
            return None


def watch_on(engine: Engine) -> Watch:
    """The watch that fits the database."""
    return SqliteWatch(engine) if engine.dialect.name == "sqlite" else PostgresWatch(engine)
