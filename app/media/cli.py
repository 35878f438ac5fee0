"""`stet pictures`: looking after the files of pictures."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.accounts.actors import Operator
from app.core.cli import Group
from app.core.db import db, transaction
from app.core.errors import NotReady
from app.media.actions import renew_renditions
from app.media.development import developed, read
from app.media.models import Picture
from app.media.queries import without_renditions
from app.media.storage import folder


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
            _develop(picture_id, instance)
        except NotReady as error:
            click.echo(f"Picture {picture_id}: {error}", err=True)
        else:
            made += 1
    return made


def _develop(picture_id: int, instance: Path) -> None:
    key = db.session.get_one(Picture, picture_id).key
    db.session.rollback()  # no transaction stays open while the picture is developed
    found = developed(read(folder(instance) / key))
    with transaction():
        picture = db.session.get_one(Picture, picture_id)
        renew_renditions(picture, found, instance, by=Operator())
