"""Reads the database as it is at one moment, for as long as it takes, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select

from app.core.db import db

# PostgreSQL would else show each statement what has been committed meanwhile. SQLite never does.
_ONE_MOMENT: dict[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
}


@contextmanager
def snapshot(name: str = "") -> Iterator[None]:
    """Everything that the block reads with `db.session` is of one moment. It takes no lock on any row.

    The block cannot write. What the session has read before is read again inside. `name` is what
    `exported_snapshot` has returned in another process: the block reads what that process reads.
    """
    session = db.session()
    session.rollback()
    session.expire_all()
    connection = session.connection(execution_options=_ONE_MOMENT.get(db.engine.dialect.name, {}))
    try:
        if name:
            connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{name}'")
        yield
    finally:
        session.rollback()


def exported_snapshot() -> str:
    """The name of the moment that the open snapshot reads. Empty on SQLite, which shares it with nobody."""
    if db.engine.dialect.name != "postgresql":
        return ""
    name: str = db.session.scalars(select(func.pg_export_snapshot())).one()
    return name
