"""Flask-Migrate, for a folder of any name. Loaded by `core/migrations`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from alembic.config import Config as AlembicConfig
from flask import g
from flask_migrate import Config, Migrate


class MigrateInAnyFolder(Migrate):  # type: ignore[misc]  # Flask-Migrate has no types
    """Gives Alembic the folder with each `%` doubled, because its settings are format strings."""

    def get_config(
        self,
        directory: str | None = None,
        x_arg: str | Sequence[str] | None = None,
        opts: Sequence[str] | None = None,
    ) -> AlembicConfig:
        """Alembic's settings, as Flask-Migrate's own method makes them."""
        folder = Path(directory or self.directory)
        config: AlembicConfig = Config(str(folder / "alembic.ini"))
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        more = [x_arg] if isinstance(x_arg, str) else x_arg or []
        config.cmd_opts = Namespace(
            x=[*getattr(g, "x_arg", []), *more], **dict.fromkeys(opts or [], True)
        )
        configured: AlembicConfig = self.call_configure_callbacks(config)
        return configured
