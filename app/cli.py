"""The `stet` command; the same commands stand under `flask --app app`."""

from __future__ import annotations

import sys

import click
from flask.cli import FlaskGroup, ScriptInfo

from app import COMMANDS, create_app
from app.core.errors import StetError
from app.core.serve import serve
from app.transfer.cli import prepare_instance, set_up


@click.command()
@click.option("--admin-email", default="admin@stet.test", show_default=True, help="For a new site.")
@click.option("--serve", "then_serve", is_flag=True, help="Serve the site afterwards.")
@click.pass_context
def setup(context: click.Context, admin_email: str, then_serve: bool) -> None:
    """Make or bring up to date everything that the site needs; safe to repeat."""
    prepare_instance()
    with context.ensure_object(ScriptInfo).load_app().app_context():
        set_up(admin_email)
        if then_serve:
            context.invoke(serve)


def stet() -> FlaskGroup:
    """The command line with Stet's own commands; Flask's (`db`, `routes`, `shell`) are there as well."""
    group = FlaskGroup(
        name="stet",
        help="Run a newsroom: `stet setup`, then `stet serve`.",
        create_app=create_app,
        add_version_option=False,
    )
    for command in (setup, *COMMANDS):
        group.add_command(command)
    return group


def main() -> None:
    """Run a command; what Stet refuses is one line and exit code 1."""
    try:
        stet()(prog_name="stet")
    except StetError as error:
        click.echo(f"stet: {error}", err=True)
        sys.exit(1)
