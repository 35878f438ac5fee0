"""SQLite: which library is used, and the settings that keep data safe on every connection.

Called by `core/db`.
"""

from __future__ import annotations

import sqlite3
from types import ModuleType

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.core.errors import BadConfiguration

# Earlier versions can corrupt a write-ahead log when several connections write it into the database.
OLDEST_SQLITE = (3, 51, 3)
# The execution option of a connection whose transaction will write.
WRITES = "stet_writes"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "mmap_size=0",
    "cell_size_check=ON",
    "trusted_schema=OFF",
    "journal_size_limit=67108864",
)


def sqlite_driver() -> ModuleType:
    """Python's own SQLite if it is new enough, otherwise that of the package `pysqlite3`.

    Raises `BadConfiguration` when both are too old.
    """
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return sqlite3
    try:
        import pysqlite3  # noqa: PLC0415  # only where the interpreter's own library is too old
    except ImportError:
        pysqlite3 = sqlite3
    if pysqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise BadConfiguration(
            f"SQLite {pysqlite3.sqlite_version} can corrupt a database under load; Stet needs "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or newer. Install `pysqlite3`."
        )
    module: ModuleType = pysqlite3
    return module


def make_safe(engine: Engine) -> None:
    """Durable settings on each connection; a transaction that will write takes its lock when it begins.

    Without that, SQLite would refuse it half-way, at its first write, if another one has written meanwhile.
    """
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is sent by `_begin`
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
