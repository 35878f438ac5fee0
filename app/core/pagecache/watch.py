"""Knowing the current edition on every request: exact, so that nothing published is ever answered stale.

On SQLite all processes share a machine, so whoever raises the edition rings a bell after the commit and
before it is answered; without a ring the database is asked ten times a second, which finds what a process
that was killed in that very moment did not ring for. PostgreSQL is asked each time: its notifications
arrive a moment after the commit has been answered, and in that moment an old page would go out.
"""

from __future__ import annotations

import selectors
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Engine, NullPool, create_engine, exc

from app.core.pagecache.bell import Bell

if TYPE_CHECKING:  # a paper on SQLite starts without it
    from psycopg.pq.abc import PGconn, PGresult

# After a failure the database is left alone for so long, in seconds: pages must not wait for it one by one.
_REST = 1.0
# For so long, in seconds, a connection is waited for: a server that hangs does not close it.
_PATIENCE = 0.5
_CONNECTING = 2  # seconds, the least that libpq tries for
# For so long, in seconds, silence of the bell is taken for "nothing has changed".
_SILENCE = 0.1
_NUMBER = "SELECT number FROM edition"
_UNKNOWN = (b"", 0, 0.0)


Look = Callable[[Any], int]
"""Asks for the number over a driver's connection."""


class Watch(Protocol):
    """Tells the number of the current edition."""

    def number(self) -> int | None:
        """The number; None when the database cannot be asked."""

    def raised(self) -> None:
        """Hear that this process has raised the edition, and committed that."""


class Asking:
    """Asks the database each time, over connections of its own, as many as ask at once.

    None belongs to a thread: a thread of Granian's that ends takes its locals with it in a state in which
    closing a connection kills the whole process ("PyThreadState_Get: the GIL is released"). Connecting can
    take longer than a reader should wait, so a thread does that; and once the database is lost, a thread
    looks for it, and no reader.
    """

    def __init__(self, engine: Engine, look: Look) -> None:
        self._engine, self._look = engine, look
        self._resting: deque[_Eye] = deque()
        self._is_lost = False
        self._losing = threading.Lock()
        self._failures = (
            exc.DBAPIError,
            exc.TimeoutError,
            engine.dialect.loaded_dbapi.Error,
        )

    def number(self) -> int | None:
        """The number as of the last commit, within `_PATIENCE` of a server that was there a moment ago."""
        if self._is_lost:
            return None
        # A connection that was open may have been cut for many reasons; that says nothing of a new one.
        for _ in range(2 if self._resting else 1):
            try:
                return self._asked_over(self._eye())
            except TimeoutError:
                break
            except self._failures:
                self._resting.clear()
        self._lose()
        return None

    def raised(self) -> None:
        """Nothing to do: everybody asks."""

    def _asked_over(self, eye: _Eye) -> int:
        number = self._look(eye.driver)
        self._resting.append(eye)
        return number

    def _eye(self) -> _Eye:
        """A connection that rests, or a new one; raises `TimeoutError` when that takes too long."""
        with suppress(IndexError):
            return self._resting.pop()
        coming: Future[_Eye] = Future()
        threading.Thread(target=self._connect, args=(coming,), daemon=True).start()
        return coming.result(_PATIENCE)

    def _connect(self, coming: Future[_Eye]) -> None:
        try:
            coming.set_result(_Eye(self._engine))
        except Exception as error:  # whatever it is, it is raised where the eye is waited for
            coming.set_exception(error)

    def _lose(self) -> None:
        with self._losing:
            if self._is_lost:
                return
            self._is_lost = True
        threading.Thread(target=self._find_again, name="finding", daemon=True).start()

    def _find_again(self) -> None:
        self._resting.clear()
        while self._is_lost:
            time.sleep(_REST)
            with suppress(Exception):  # whatever it is, it may be over the next time
                self._asked_over(_Eye(self._engine))
                self._is_lost = False


class Listening:
    """Asks through `asking` only when the bell was rung, or has been silent for long."""

    def __init__(self, asking: Asking, bell: Bell) -> None:
        self._asking, self._bell = asking, bell
        # What the bell sounded like, the number it told of, and until when that is believed.
        self._known = _UNKNOWN

    def number(self) -> int | None:
        """The number as of the last ring, or of a tenth of a second ago."""
        # The order matters: a ring while the database is being asked must be heard by the next request.
        sound, now = self._bell.sound(), time.monotonic()
        heard, number, until = self._known
        if sound == heard and now < until:
            return number
        found = self._asking.number()
        if found is not None:
            self._known = (sound, found, now + _SILENCE)
        return found

    def raised(self) -> None:
        """Ring for the other processes, and this one."""
        self._bell.ring()


class _Eye:
    """A connection in no transaction, since that would go on seeing what it saw first."""

    __slots__ = ("__weakref__", "driver")

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        driver: Any = pooled.dbapi_connection
        pooled.detach()
        weakref.finalize(self, driver.close)
        self.driver = driver


def _look_at_sqlite(driver: Any) -> int:
    number: int = driver.cursor().execute(_NUMBER).fetchone()[0]
    return number


def _look_at_postgres(driver: Any) -> int:
    """Ask as psycopg does, but for so long only; raises `TimeoutError`."""
    asked = driver.pgconn
    asked.send_query(_NUMBER.encode())
    deadline = time.monotonic() + _PATIENCE
    answer = _next_result(asked, deadline)
    value = answer.get_value(0, 0) if answer else None
    while answer is not None:
        answer = _next_result(asked, deadline)
    if value is None:  # PostgreSQL is being stopped, or has cut this connection
        raise driver.OperationalError(asked.get_error_message())
    return int(value)


def _next_result(asked: PGconn, deadline: float) -> PGresult | None:
    with selectors.DefaultSelector() as selector:
        selector.register(asked.socket, selectors.EVENT_READ)
        while asked.is_busy():
            if not selector.select(deadline - time.monotonic()):
                raise TimeoutError
            asked.consume_input()
    return asked.get_result()


def watch_on(engine: Engine, instance: Path) -> Watch:
    """The watch that fits the database; its bell, if it needs one, hangs in the folder `instance`."""
    if engine.dialect.name == "sqlite":
        return Listening(Asking(engine, _look_at_sqlite), Bell(instance / "edition.bell"))
    # Not from the pool that pages use: it tries each connection that it has, and may wait for ever.
    own = create_engine(
        engine.url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": _CONNECTING},
    )
    return Asking(own, _look_at_postgres)
