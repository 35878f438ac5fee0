"""`stet pictures`: looking after the files of pictures."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.cli import Group
from app.core.errors import NotReady
from app.media.queries import without_renditions
from app.media.renewal import make_renditions


@click.group(cls=Group)
def pictures() -> None:
    """Look after pictures."""


@pictures.command()
@with_appcontext
def renditions() -> None:
    """Make the missing sizes of all pictures."""
    instance: Path = current_app.config["STET"].instance
    made = make_missing(instance)
    click.echo(f"Pictures developed: {made}")


def make_missing(instance: Path) -> int:
    """Develop every picture without renditions, each in its own transaction. Returns how many.

    `stet setup` calls this too. A picture that cannot be developed is reported, and pages show its original.
    """
    made = 0
    for picture_id in without_renditions(instance):
        try:
            make_renditions(picture_id, instance)
        except NotReady as error:
            click.echo(f"Picture {picture_id}: {error}", err=True)
        else:
            made += 1
    return made
