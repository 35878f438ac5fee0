"""Reads the database as it is at one moment, for as long as it takes, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.core.db import db

# PostgreSQL would else show each statement what has been committed meanwhile. SQLite never does.
_ONE_MOMENT: dict[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
}


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything that the block reads with `db.session` is of one moment. It takes no lock on any row.

    The block cannot write. What the session has read before is read again inside.
    """
    session = db.session()
    session.rollback()
    session.expire_all()
    session.connection(execution_options=_ONE_MOMENT.get(db.engine.dialect.name, {}))
    try:
        yield
    finally:
        session.rollback()
