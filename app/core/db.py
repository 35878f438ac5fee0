"""The database: the base class of models, `transaction()`, and what is called after its commit.

Actions never commit. Whoever calls them (a request, command or job) does so in one `with transaction():`.
What must not happen if that is rolled back is given to `after_commit(function, *arguments)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, exc
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from app.core import disk
from app.core.config import Settings
from app.core.database_file import existing_only, refuse_misplaced
from app.core.errors import Conflict, Unavailable
from app.core.sqlite import WRITES, make_safe, sqlite_driver

# The largest row id that both databases hold: PostgreSQL's INTEGER.
LARGEST_ID = 2**31 - 1
_AFTER_COMMIT = "stet_after_commit"
_Call = tuple[Callable[..., object], tuple[object, ...]]


class Model(DeclarativeBase):
    """The base of all models; because of the naming convention, migrations can name what they change."""

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
    """A moment with a time zone in Python, UTC in the database. A moment without a zone is refused."""

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


def engine_options(settings: Settings) -> dict[str, Any]:
    """How SQLAlchemy connects: pools and waits are limited, so that requests do not hang without it."""
    pool = {"pool_size": settings.threads + 2, "max_overflow": 4, "pool_timeout": 2}
    if settings.database_file:
        return pool | {"module": sqlite_driver()}
    return pool | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 2}}


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the database to `app`; called once by `create_app`.

    Raises `BadConfiguration` where an earlier version of Stet put the database somewhere else.
    """
    if settings.database_file:
        refuse_misplaced(settings.database_file)
    app.config["SQLALCHEMY_DATABASE_URI"] = existing_only(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            make_safe(db.engine)


@contextmanager
def transaction() -> Iterator[Session]:
    """Everything in the block happens, or nothing does. Each request, command or job opens one at a time.

    What the session read before is read again inside, so that rights and states are judged by what is true
    while the lock is held. Raises `Unavailable` when the database cannot be reached or stays locked,
    `Conflict` when another transaction was faster with something of which only one may exist, and
    `RuntimeError` when a transaction is open already: committing the inner one would commit half of the
    outer one.
    """
    session = db.session()
    if _AFTER_COMMIT in session.info:
        raise RuntimeError(
            "A transaction is open already; call transaction() once, around all of it."
        )
    session.rollback()
    session.expire_all()
    calls: list[_Call] = []
    session.info[_AFTER_COMMIT] = calls
    try:
        with unavailable_named():
            session.connection(execution_options={WRITES: True})
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
    finally:
        del session.info[_AFTER_COMMIT]
    for function, arguments in calls:
        function(*arguments)


def require_transaction() -> None:
    """Raise `RuntimeError` when no transaction is open."""
    _calls()


def require_no_transaction() -> None:
    """Raise `RuntimeError` when a transaction is open: its lock must not be held during slow work."""
    if has_app_context() and _AFTER_COMMIT in db.session.info:
        raise RuntimeError("This takes seconds; do it before the transaction, which holds a lock.")


def after_commit(function: Callable[..., object], *arguments: object) -> None:
    """Call `function(*arguments)` after the open transaction has been committed; not if it is rolled back.

    Raises `RuntimeError` when no transaction is open.
    """
    _calls().append((function, arguments))


def _calls() -> list[_Call]:
    calls: list[_Call] | None = db.session.info.get(_AFTER_COMMIT)
    if calls is None:
        raise RuntimeError("No transaction is open; wrap the whole act in `with transaction():`.")
    return calls


@contextmanager
def unavailable_named() -> Iterator[None]:
    """Raise `Unavailable` in place of the various errors of a driver whose database cannot be asked."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise Unavailable(why_unavailable(error)) from error
    except exc.InternalError as error:  # PostgreSQL, in a transaction that may only read
        if disk.fault_of(error):
            raise Unavailable(why_unavailable(error)) from error
        raise


def why_unavailable(error: Exception) -> str:
    """A sentence for whoever wanted something of the database. A fault of the disk is also logged."""
    instance = current_app.config["STET"].instance if has_app_context() else None
    fault = disk.fault_of(error, instance)
    if not fault:
        return "The database does not answer at the moment."
    if instance:
        current_app.extensions["disk_watch"].report(fault)
    return disk.sentence(fault)
