"""`stet media`: looking after the files of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.cli import Group
from app.core.db import LARGEST_ID, db, transaction
from app.core.errors import NotReady
from app.media.checking import Fault, faults
from app.media.models import Picture
from app.media.queries import without_renditions
from app.media.renewal import make_renditions, replace_renditions
from app.media.words import rebuild as rebuild_words


@click.group(cls=Group)
def media() -> None:
    """Look after pictures and their files."""


@media.command()
@click.option("--dry-run", is_flag=True, help="Only tell what is wrong.")
@with_appcontext
def check(dry_run: bool) -> None:
    """Compare pictures with their files, and mend what differs.

    Files without a picture are removed or set aside, and what can be made again is made. Ends with 1 if
    something is left that only the backup can mend.
    """
    instance: Path = current_app.config["STET"].instance
    mend = _leave if dry_run else _mended
    left = sum(not mend(fault) for fault in faults(instance))
    if left:
        raise click.exceptions.Exit(1)
    click.echo("Pictures and files agree.")


def _leave(fault: Fault) -> bool:
    click.echo(fault.said)
    return False


def _mended(fault: Fault) -> bool:
    """Mend a fault and say so. Whether that could be done."""
    db.session.rollback()
    try:
        click.echo(f"{fault.said} {fault.mend()}")
    except NotReady as error:
        click.echo(f"{fault.said} {error}", err=True)
        return False
    return True


@media.command()
@click.argument("numbers", nargs=-1, type=click.IntRange(1, LARGEST_ID))
@with_appcontext
def rebuild(numbers: tuple[int, ...]) -> None:
    """Make the missing sizes of all pictures, or all sizes of the pictures with these NUMBERS anew."""
    instance: Path = current_app.config["STET"].instance
    made = make_anew(numbers, instance) if numbers else make_missing(instance)
    click.echo(f"Pictures developed: {made}")


def make_anew(numbers: Sequence[int], instance: Path) -> int:
    """Develop these pictures, whatever files they have. Returns how many. Raises `NotReady`."""
    for number in numbers:
        picture = db.session.get(Picture, number)
        if picture is None or picture.stored.is_drawing:
            raise NotReady(f"There is no photograph with the number {number}.")
        replace_renditions(number, instance)
    return len(numbers)


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


@media.command()
@with_appcontext
def words() -> None:
    """Make the index of the words of all pictures again."""
    with transaction():
        found = rebuild_words()
    click.echo(f"Pictures that the library can find: {found}")
