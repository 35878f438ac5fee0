"""Runs migrations: one write transaction, and a look afterwards that no row and no reference was lost.

Called by Flask-Migrate (`stet db upgrade`, `stet setup`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationInfo
from flask import current_app
from sqlalchemy import Connection, Engine, inspect, text

from app.core.db import Model
from app.core.errors import Conflict
from app.search.models import is_engine

# Rows that migrations make themselves.
_OURS = {"alembic_version", "role", "edition", "site_edition"}
# Rows that may go: whoever was signed in signs in again, and what readers see is made from the stories.
_PASSING = {
    *("publication", "story_link", "mention", "search_entry", "search_word", "related"),
    *("most_read", "sign_in_session", "draft_version"),
}
# What a column says that the migration up works out again from other rows and columns.
_WORKED_OUT = {"article.withdrawn_at", "draft.content", "revision.content"}
# Tables whose rows a migration moves to another one: they are counted as rows of that, in both directions.
_MOVED = {"ping": "outbox"}
directions: set[str] = set()

logging.getLogger("alembic").setLevel(logging.WARNING)


def run() -> None:
    engine: Engine = current_app.extensions["migrate"].db.engine
    opened = engine.connect().execution_options(stet_writes=True)
    with opened as connection, references_unchecked(connection), connection.begin():
        # Inside the transaction: Alembic would else commit after each step, before the look at what was lost.
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=False,
            include_name=described,
            on_version_apply=note_direction,
        )
        before = counts(connection)
        context.run_migrations()
        refuse_loss(before, counts(connection))
        refuse_broken_references(connection)


@contextmanager
def references_unchecked(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by copying it; with its foreign keys on, dropping the old copy would cascade.

    The pragma does nothing inside a transaction, so it is sent past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def described(name: str | None, _type: str, _parents: Any) -> bool:
    """Whether a table, column or index is one that the models describe; Alembic compares only those."""
    return not is_engine(name)


def note_direction(*, step: MigrationInfo, **_more: Any) -> None:
    """Alembic calls this after each step."""
    directions.add("up" if step.is_upgrade else "down")


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, and in how many of them each column (`table.column`) says something."""
    inspector = inspect(connection)
    found: dict[str, int] = {}
    tables = set(inspector.get_table_names()) - _OURS - _PASSING
    for table in sorted(name for name in tables if not is_engine(name)):
        if table in _MOVED or table in _MOVED.values():
            rows = connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            whole = _MOVED.get(table, table)
            found[whole] = found.get(whole, 0) + rows
            continue
        names = [each["name"] for each in inspector.get_columns(table)]
        columns = ", ".join(f'count("{name}")' for name in names)
        row = connection.execute(text(f'SELECT count(*), {columns} FROM "{table}"')).one()
        found |= zip([table, *(f"{table}.{name}" for name in names)], row, strict=True)
    return found


def refuse_loss(before: dict[str, int], after: dict[str, int]) -> None:
    """Undo everything when rows would go, unless `-x lossy=yes` says that they may.

    On the way down that holds for what a column says as well; on the way up a migration may move it.
    """
    if context.get_x_argument(as_dictionary=True).get("lossy") == "yes":
        return
    rows = [name for name in before if "." not in name]
    judged = before.keys() - _WORKED_OUT if "down" in directions else rows
    lost = [name for name in judged if after.get(name, 0) < before[name]]
    if lost:
        raise Conflict(
            f"This migration would lose rows of {', '.join(sorted(lost))}. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )


def refuse_broken_references(connection: Connection) -> None:
    """Undo everything when a row would point to one that is not there."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise Conflict(f"This migration would break references: {broken[:3]}. Nothing was changed.")


run()
