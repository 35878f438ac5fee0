"""Runs migrations in one write transaction, and then checks that no row and no reference was lost.

Flask-Migrate calls this (`stet db upgrade`, `stet setup`).
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

# Tables whose rows are made by migrations.
_OURS = {"alembic_version", "role", "edition", "site_edition", "site_pictures"}
# Tables whose rows may be deleted: people sign in again, and what readers see is made from the stories.
_PASSING = {
    *(
        "publication",
        "story_link",
        "mention",
        "shown_picture",
        "shown_portrait",
        "search_entry",
        "search_word",
        "headline_entry",
        "related",
    ),
    *("most_read", "sign_in_session", "sign_in_failure", "sign_in_budget", "draft_version"),
}
# Columns whose values the migration up computes again from other rows and columns.
_WORKED_OUT = {
    *("article.withdrawn_at", "draft.content", "revision.content"),
    *("byline.modified_at", "tagging.modified_at", "article.category_id"),
    *("category.name_key", "topic.name_key", "author.name_key"),
}
# Tables whose rows a migration moves to another table: they are counted there, in both directions.
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
    """Switch foreign keys off: SQLite alters a table by copying it, and dropping the old copy would cascade.

    The pragma has no effect inside a transaction. So it does not go through SQLAlchemy, which would begin
    one.
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
    """Whether the models describe a table, column or index. Alembic compares only those."""
    return not is_engine(name)


def note_direction(*, step: MigrationInfo, **_more: Any) -> None:
    """Alembic calls this after each step."""
    directions.add("up" if step.is_upgrade else "down")


def counts(connection: Connection) -> dict[str, int]:
    """The number of rows of each table, and of rows in which each column (`table.column`) has a value."""
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
    """Undo everything when rows would be lost, unless `-x lossy=yes` allows it.

    On the way down, the same is true for the values of a column. On the way up a migration may move them.
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
    """Undo everything when a row would refer to a missing row."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise Conflict(f"This migration would break references: {broken[:3]}. Nothing was changed.")


run()
