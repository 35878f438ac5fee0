"""The database schema's versions. Alembic and all that it needs is loaded only when a command asks for it.

That takes a sixth of the time of a start, and `stet serve` does not need it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import inspect, text

from app.core.config import PROJECT
from app.core.db import db

FOLDER = PROJECT / "migrations"


class Migrations:
    """Stands among the extensions of `app` until Flask-Migrate is needed, which then takes its place."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        app.extensions["migrate"] = self

    def __getattr__(self, name: str) -> Any:
        from app.core.alembic_settings import MigrateInAnyFolder  # noqa: PLC0415  # see above

        MigrateInAnyFolder(self._app, db, directory=str(FOLDER))
        return getattr(self._app.extensions["migrate"], name)


class MigrationCommands(click.Command):
    """Flask-Migrate's `db` with all that belongs to it, which is loaded when somebody uses it."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of Flask-Migrate's own command, which then is the one that runs."""
        from flask_migrate.cli import db as commands  # noqa: PLC0415  # see above

        context: click.Context = commands.make_context(info_name, args, parent, **extra)
        return context


migration_commands = MigrationCommands("db", help="Perform database migrations.")


def migrate() -> None:
    """Run the migrations that are missing. Usually there are none."""
    if not _is_current():
        from flask_migrate import upgrade  # noqa: PLC0415  # see above

        upgrade()


def newest_revision(folder: Path = FOLDER) -> str:
    """The last migration: their names begin with numbers, in order."""
    return max(file.name.partition("_")[0] for file in folder.glob("versions/[0-9]*.py"))


def _is_current() -> bool:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return found == [newest_revision()]
