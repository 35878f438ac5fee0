"""Knowing the current edition on every request: exact, so that nothing published is ever answered stale.

On SQLite all processes share a machine, so whoever raises the edition rings a bell after the commit and
before it is answered; without a ring the database is asked ten times a second, which finds what a process
that was killed in that very moment did not ring for. PostgreSQL is asked each time: its notifications
arrive a moment after the commit has been answered, and in that moment an old page would go out.
"""

from __future__ import annotations

import time
import weakref
from collections import deque
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, exc

from app.core.pagecache.bell import Bell

# After a failure the database is left alone for so long, in seconds: pages must not wait for it one by one.
_REST = 1.0
# For so long, in seconds, silence of the bell is taken for "nothing has changed".
_SILENCE = 0.1
_NUMBER = "SELECT number FROM edition"
_UNKNOWN = (b"", 0, 0.0)


class Watch(Protocol):
    """Tells the number of the current edition."""

    def number(self) -> int | None:
        """The number; None when the database cannot be asked."""

    def raised(self) -> None:
        """Hear that this process has raised the edition, and committed that."""


class Asking:
    """Asks the database each time, over connections of its own, as many as ask at once.

    None belongs to a thread: a thread of Granian's that ends takes its locals with it in a state in which
    closing a connection kills the whole process ("PyThreadState_Get: the GIL is released").
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._resting: deque[_Eye] = deque()
        self._rests_until = 0.0
        self._failures = (
            exc.DBAPIError,
            exc.TimeoutError,
            engine.dialect.loaded_dbapi.Error,
        )

    def number(self) -> int | None:
        """The number as of the last commit."""
        if time.monotonic() < self._rests_until:
            return None
        # A connection that was open may have been cut for many reasons; that says nothing of a new one.
        for _ in range(2 if self._resting else 1):
            try:
                eye = self._eye()
                number = eye.look()
            except self._failures:
                self._resting.clear()
            else:
                self._resting.append(eye)
                return number
        self._rests_until = time.monotonic() + _REST
        return None

    def raised(self) -> None:
        """Nothing to do: everybody asks."""

    def _eye(self) -> _Eye:
        try:
            return self._resting.pop()
        except IndexError:
            return _Eye(self._engine)


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

    __slots__ = ("__weakref__", "_ask")

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        driver: Any = pooled.dbapi_connection
        pooled.detach()
        weakref.finalize(self, driver.close)
        if engine.dialect.name == "postgresql":
            driver.autocommit = True
        self._ask = driver.cursor().execute

    def look(self) -> int:
        number: int = self._ask(_NUMBER).fetchone()[0]
        return number


def watch_on(engine: Engine, instance: Path) -> Watch:
    """The watch that fits the database; its bell, if it needs one, hangs in the folder `instance`."""
    asking = Asking(engine)
    if engine.dialect.name == "sqlite":
        return Listening(asking, Bell(instance / "edition.bell"))
    return asking
