"""The `stet` command. The same commands are available as `flask --app app`."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup, FlaskGroup, ScriptInfo

from app import COMMANDS, create_app
from app.core.cli import Refused, refusals_said
from app.core.errors import BadConfiguration
from app.core.private_files import keep_private


class Commands(FlaskGroup):
    """Flask's group, without its traceback above the help of a site that is not set up yet."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Stet's own commands at once. For others, Flask looks into all packages, and loads Alembic."""
        return self.commands.get(name) or super().get_command(ctx, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands. Without a site, only the commands that need no site."""
        try:
            ctx.ensure_object(ScriptInfo).load_app()
        except BadConfiguration as reason:
            click.echo(f"{reason}\n", err=True)
            return AppGroup.list_commands(self, ctx)
        return super().list_commands(ctx)


def stet() -> FlaskGroup:
    """The command line with Stet's own commands; Flask's (`db`, `routes`, `shell`) are there as well."""
    group = Commands(
        name="stet",
        help="Run a newsroom: `stet setup`, then `stet serve`.",
        create_app=create_app,
        add_version_option=False,
    )
    for command in COMMANDS:
        group.add_command(command)
    return group


def main() -> None:
    """Run a command. A refusal, or a setting with which Stet cannot start, is one line and exit code 1."""
    keep_private()
    try:
        with refusals_said():
            stet()(prog_name="stet")
    except Refused as refusal:
        refusal.show()
        sys.exit(refusal.exit_code)
