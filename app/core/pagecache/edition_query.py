"""Reads the number of the current edition over a driver's connection. Called by `edition_watch`."""

from __future__ import annotations

import selectors
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

if TYPE_CHECKING:  # a site on SQLite starts without it
    from psycopg.pq.abc import PGconn, PGresult

# Seconds that an answer is waited for: a server that hangs does not close its connections.
TIMEOUT = 0.5
CONNECT_TIMEOUT = 2  # seconds, the least that libpq accepts
_SELECT_NUMBER = "SELECT number FROM site_edition"

ReadNumber = Callable[[Any], int]
"""Reads the number over a driver's connection."""


class EditionConnection:
    """A connection without a transaction, in which it would go on seeing the first number it saw."""

    __slots__ = ("__weakref__", "driver")

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        driver: Any = pooled.dbapi_connection
        pooled.detach()
        weakref.finalize(self, driver.close)
        self.driver = driver


def read_from_sqlite(driver: Any) -> int:
    """The number, over a connection of `sqlite3` or `pysqlite3`."""
    number: int = driver.cursor().execute(_SELECT_NUMBER).fetchone()[0]
    return number


def read_from_postgres(driver: Any) -> int:
    """The number, over a connection of psycopg; unlike psycopg's own methods, raises `TimeoutError`."""
    connection = driver.pgconn
    connection.send_query(_SELECT_NUMBER.encode())
    deadline = time.monotonic() + TIMEOUT
    result = _next_result(connection, deadline)
    value = result.get_value(0, 0) if result else None
    while result is not None:
        result = _next_result(connection, deadline)
    if value is None:  # PostgreSQL is being stopped, or has cut this connection
        raise driver.OperationalError(connection.get_error_message())
    return int(value)


def _next_result(connection: PGconn, deadline: float) -> PGresult | None:
    with selectors.DefaultSelector() as selector:
        selector.register(connection.socket, selectors.EVENT_READ)
        while connection.is_busy():
            if not selector.select(deadline - time.monotonic()):
                raise TimeoutError
            connection.consume_input()
    return connection.get_result()
