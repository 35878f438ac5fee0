"""Runs migrations: one write transaction, and a look afterwards that no row and no reference was lost.

Called by Flask-Migrate (`stet db upgrade`, `stet setup`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine, inspect, text

from app.core.db import Model
from app.core.errors import Conflict

# Rows that migrations make themselves.
_OURS = {"alembic_version", "role", "edition"}

logging.getLogger("alembic").setLevel(logging.WARNING)


def run() -> None:
    engine: Engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(stet_writes=True) as connection:
        with references_unchecked(connection):
            context.configure(
                connection=connection,
                target_metadata=Model.metadata,
                render_as_batch=True,
                compare_type=True,
                compare_server_default=False,
            )
            with connection.begin():
                before = row_counts(connection)
                context.run_migrations()
                refuse_loss(before, row_counts(connection))
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


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = set(inspect(connection).get_table_names()) - _OURS
    return {
        name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608
        for name in names
    }


def refuse_loss(before: dict[str, int], after: dict[str, int]) -> None:
    """Undo everything when rows would go, unless `-x lossy=yes` says that they may."""
    if context.get_x_argument(as_dictionary=True).get("lossy") == "yes":
        return
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
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
