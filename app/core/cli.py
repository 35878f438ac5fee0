"""What Stet's commands share: a refusal is one line and exit code 1. And `stet settings`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import IO, Any

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.db import unavailable_named
from app.core.errors import NotReady, StetError


class Refused(click.ClickException):
    """What Stet refuses, as a command says it."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to the error stream."""
        click.echo(f"stet: {self.message}", file=file, err=True)


@contextmanager
def refusals_said() -> Iterator[None]:
    """Turn every domain error into a line that a person can act on; a database that is away is one, too."""
    try:
        with unavailable_named():
            yield
    except StetError as error:
        missing = error.problems.values() if isinstance(error, NotReady) else ()
        raise Refused(" ".join((str(error), *missing))) from error


class Command(click.Command):
    """A command of Stet's, the same under `stet` and under `flask --app app`."""

    def invoke(self, ctx: click.Context) -> Any:
        with refusals_said():
            return super().invoke(ctx)


class Group(click.Group):
    """Several commands under one word."""

    command_class = Command


@click.command(cls=Command)
@with_appcontext
def settings() -> None:
    """Print every setting with the value it has now."""
    values = current_app.config["STET"]
    for field in fields(values):
        shown = str(getattr(values, field.name)) or "(none)"
        click.echo(f"STET_{field.name.upper():<16} {shown}")
