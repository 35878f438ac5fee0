"""The database: models' base, the one `transaction()` at the edge, what follows a commit, SQLite made safe.

Actions never commit (house rule 6). A request, command or job wraps what it does in `with transaction():`;
what must not happen on a rollback waits in `after_commit(fn, *args)`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event, exc
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.core.config import Settings
from app.core.errors import BadConfiguration, Conflict, Unavailable

# Earlier versions can corrupt a write-ahead log that several connections checkpoint (ARCHITECTURE section 5).
OLDEST_SQLITE = (3, 51, 3)
# The largest row id that both databases hold: PostgreSQL's INTEGER.
LARGEST_ID = 2**31 - 1
_WRITES = "stet_writes"
_AFTER_COMMIT = "stet_after_commit"
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


class Model(DeclarativeBase):
    """The base of every table; the naming convention lets migrations name what they change."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(
    model_class=Model,
    disable_autonaming=True,
    session_options={"expire_on_commit": False, "autoflush": True},
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone in Python, UTC in the database; a moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sqlite_driver() -> ModuleType:
    """Python's own SQLite when it is new enough, else the one that `pysqlite3` brings.

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


def engine_options(settings: Settings) -> dict[str, Any]:
    """How SQLAlchemy connects: bounded pools and waits, so that a lost database is no hang."""
    pool = {"pool_size": settings.threads + 2, "max_overflow": 4, "pool_timeout": 2}
    if settings.database_url.startswith("sqlite"):
        return pool | {"module": sqlite_driver()}
    return pool | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 2}}


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the database to `app`; called once by `create_app`."""
    app.config["SQLALCHEMY_DATABASE_URI"] = _existing_file_only(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            make_sqlite_safe(db.engine)


def _existing_file_only(url: str) -> str:
    """SQLite would make an empty database where a file is missing, and serve it as an empty paper."""
    if url.startswith("sqlite:////") and "?" not in url:
        return url.replace("sqlite:///", "sqlite:///file:", 1) + "?mode=rw&uri=true"
    return url


def make_sqlite_safe(engine: Engine) -> None:
    """The pragmas of FAULTS.md, and a write lock taken when a transaction starts rather than half-way."""
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """Everything in the block happens, or nothing does; the edge (request, command, job) calls this once.

    What the session read before is read again inside, so that rights and states are judged on what is
    true under the lock. Raises `Unavailable` when the database cannot be reached or stays locked, and
    `Conflict` when another transaction got there first with something that there may be one of.
    """
    session = db.session()
    session.rollback()
    session.expire_all()
    session.info[_AFTER_COMMIT] = []
    try:
        with unavailable_named():
            session.connection(execution_options={_WRITES: True})
            yield session
            session.commit()
    except exc.IntegrityError as error:
        session.rollback()
        raise Conflict(
            "Somebody did the same at this very moment, or removed what this needs. Look again."
        ) from error
    except BaseException:
        session.rollback()
        raise
    for call, args in session.info.pop(_AFTER_COMMIT):
        call(*args)


def after_commit(call: Callable[..., object], *args: object) -> None:
    """Have `call(*args)` run once the transaction under way has been committed, and not if it is not."""
    db.session.info[_AFTER_COMMIT].append((call, args))


def undo() -> None:
    """Take back all that the transaction under way has done, and end it."""
    db.session.rollback()
    db.session.info[_AFTER_COMMIT] = []


@contextmanager
def unavailable_named() -> Iterator[None]:
    """Turn the drivers' many ways of saying "not now" into `Unavailable`."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise Unavailable("The database does not answer at the moment.") from error
