"""The number of the current edition, needed on every request: exact, so that no old page is ever sent.

On SQLite all processes share a machine: whoever raises the edition changes a signal file after the commit
and before the response. While the file stays the same, the database is asked only ten times a second, in
case a process was killed between its commit and the signal. PostgreSQL is asked on each request: its own
notifications arrive a moment after the commit has been answered, and in that moment an old page would be
sent.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, NullPool, create_engine, exc

from app.core.pagecache.edition_query import (
    CONNECT_TIMEOUT,
    TIMEOUT,
    EditionConnection,
    ReadNumber,
    read_from_postgres,
    read_from_sqlite,
)
from app.core.pagecache.signal_file import SignalFile

# Seconds between attempts to reach a lost database, so that requests do not wait for it one by one.
_RETRY_AFTER = 1.0
# Seconds for which an unchanged signal file means that nothing has changed.
_TRUSTED_FOR = 0.1
_NOTHING_KNOWN = (b"", 0, 0.0)


class EditionWatch(Protocol):
    """Knows the number of the current edition."""

    def number(self) -> int | None:
        """The number; None when the database cannot be asked."""

    def notify(self) -> None:
        """To be called when this process has raised the edition and committed."""


class DatabaseWatch:
    """Asks the database each time, over its own connections: as many as there are requests at once.

    No connection belongs to a thread: when a thread of Granian's ends, closing a connection among its
    thread-local values kills the process ("PyThreadState_Get: the GIL is released"). To connect can take
    longer than a reader should wait, so another thread does that; and once the database is lost, a thread
    tries to reach it again while requests are told so at once.
    """

    def __init__(self, engine: Engine, read_number: ReadNumber) -> None:
        self._engine, self._read_number = engine, read_number
        self._idle: deque[EditionConnection] = deque()
        self._is_lost = False
        self._losing = threading.Lock()
        self._failures = (
            exc.DBAPIError,
            exc.TimeoutError,
            engine.dialect.loaded_dbapi.Error,
        )

    def number(self) -> int | None:
        """The number as of the last commit; None if the server does not answer within `TIMEOUT`."""
        if self._is_lost:
            return None
        # An open connection may have been cut for many reasons; then a new one may still work.
        for _ in range(2 if self._idle else 1):
            try:
                return self._number_over(self._connection())
            except TimeoutError:
                break
            except self._failures:
                self._idle.clear()
        self._lose()
        return None

    def notify(self) -> None:
        """Nothing to do: every process asks the database."""

    def _number_over(self, connection: EditionConnection) -> int:
        number = self._read_number(connection.driver)
        self._idle.append(connection)
        return number

    def _connection(self) -> EditionConnection:
        """An idle connection, or a new one; raises `TimeoutError` when that takes too long."""
        with suppress(IndexError):
            return self._idle.pop()
        coming: Future[EditionConnection] = Future()
        threading.Thread(target=self._connect, args=(coming,), daemon=True).start()
        return coming.result(TIMEOUT)

    def _connect(self, coming: Future[EditionConnection]) -> None:
        try:
            coming.set_result(EditionConnection(self._engine))
        except (
            Exception
        ) as error:  # whatever it is, it is raised where the connection is waited for
            coming.set_exception(error)

    def _lose(self) -> None:
        with self._losing:
            if self._is_lost:
                return
            self._is_lost = True
        threading.Thread(target=self._reconnect, name="reconnecting", daemon=True).start()

    def _reconnect(self) -> None:
        self._idle.clear()
        while self._is_lost:
            time.sleep(_RETRY_AFTER)
            with suppress(Exception):  # whatever it is, it may be over the next time
                self._number_over(EditionConnection(self._engine))
                self._is_lost = False


class SignalledWatch:
    """Asks `database` only when the signal file has changed, or after `_TRUSTED_FOR`."""

    def __init__(self, database: DatabaseWatch, signal_file: SignalFile) -> None:
        self._database, self._signal_file = database, signal_file
        # The file's state, the number that was read after it, and until when both are trusted.
        self._known = _NOTHING_KNOWN

    def number(self) -> int | None:
        """The number as of the last signal, or of a tenth of a second ago."""
        # The order matters: a signal that comes while the database is asked must be seen by the next request.
        state, now = self._signal_file.state(), time.monotonic()
        known_state, number, until = self._known
        if state == known_state and now < until:
            return number
        found = self._database.number()
        if found is not None:
            self._known = (state, found, now + _TRUSTED_FOR)
        return found

    def notify(self) -> None:
        """Change the signal file, for this process and the others."""
        self._signal_file.notify()


def watch_for(engine: Engine, instance: Path) -> EditionWatch:
    """The watch that fits the database; its signal file, if it needs one, is in the folder `instance`."""
    if engine.dialect.name == "sqlite":
        database = DatabaseWatch(engine, read_from_sqlite)
        return SignalledWatch(database, SignalFile(instance / "edition.signal"))
    # Not from the pool that pages use: it tests each of its connections, and may wait for ever.
    own = create_engine(
        engine.url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": CONNECT_TIMEOUT},
    )
    return DatabaseWatch(own, read_from_postgres)
