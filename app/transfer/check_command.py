"""`stet check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import database_file, private_files
from app.core.cli import Command
from app.core.config import Settings
from app.core.db import db
from app.transfer.checking import findings


@contextmanager
def _shown_steps() -> Iterator[Callable[[str, int, int], None]]:
    """A function that shows a person at a terminal how far the check is. A log gets nothing of it."""
    from rich.console import Console  # noqa: PLC0415  # `stet serve` starts without it
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    with Progress(
        console=console, transient=True, auto_refresh=False, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("Looking")

        def watch(step: str, number: int, of: int) -> None:
            looking = f"Looking at {step} ({number} of {of})"
            progress.update(task, description=looking, completed=number - 1, total=of, refresh=True)

        yield watch


@click.command(cls=Command)
@with_appcontext
def check() -> None:
    """Look for anything that does not agree with itself: database, live stories, files.

    The site can be used meanwhile.
    """
    settings: Settings = current_app.config["STET"]
    file = settings.database_file
    count = 0
    with _shown_steps() as watch:
        for finding in chain(
            database_file.findings(db.engine, file),
            private_files.findings(settings.instance),
            findings(settings.instance, watch),
        ):
            count += 1
            click.echo(finding)
    if count:
        raise click.exceptions.Exit(1)
    click.echo("Everything agrees.")
    if file and settings.instance not in file.parents:
        click.echo(
            f"The database is {click.format_filename(file)}, outside the instance: back it up as well."
        )
