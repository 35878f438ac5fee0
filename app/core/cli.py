"""The base of Stet's commands, which print a refusal as one line and end with 1; and `stet settings`."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import IO, Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.engine import URL

from app.core.db import unavailable_named
from app.core.errors import NotReady, StetError


class Refused(click.ClickException):
    """A refusal, as a command prints it."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to the error stream."""
        click.echo(f"stet: {self.message}", file=file, err=True)


@contextmanager
def refusals_said() -> Iterator[None]:
    """Turn every domain error into one line for the person, also when the database is away."""
    try:
        with unavailable_named():
            yield
    except OSError as error:
        if (
            error.errno == errno.EPIPE
        ):  # whoever reads the output has enough; click ends the command
            raise
        about = f"{error.filename}: " if error.filename else ""
        raise Refused(f"{about}{error.strerror or error}.") from error
    except StetError as error:
        missing = error.problems.values() if isinstance(error, NotReady) else ()
        raise Refused(" ".join((str(error), *missing))) from error


class Command(click.Command):
    """A command of Stet, the same as `stet …` and as `flask --app app …`."""

    def invoke(self, ctx: click.Context) -> Any:
        with refusals_said():
            return super().invoke(ctx)


class Group(click.Group):
    """Several commands with a common first word."""

    command_class = Command


@click.command(cls=Command)
@with_appcontext
def settings() -> None:
    """Print every setting with the value it has now."""
    values = current_app.config["STET"]
    for field in fields(values):
        click.echo(
            f"STET_{field.name.upper():<16} {_shown(getattr(values, field.name)) or '(none)'}"
        )


def _shown(value: object) -> str:
    """The value as text, also for a folder whose name is not UTF-8."""
    if isinstance(value, URL):
        value = _without_secrets(value)
    return click.format_filename(str(value))


def _without_secrets(url: URL) -> str:
    """The address of a database without the password, wherever it stands."""
    if url.database:
        url = url.set(database=click.format_filename(url.database))
    hidden = {name: "***" for name in url.query if "pass" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)
