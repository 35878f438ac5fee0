"""`stet headlines`: looking after the newsroom's list of stories."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.articles.actions.headlines import rebuild as rebuild_all
from app.core.cli import Group
from app.core.db import transaction


@click.group(cls=Group)
def headlines() -> None:
    """Look after what the newsroom finds by headline and section."""


@headlines.command()
@with_appcontext
def rebuild() -> None:
    """Make the index of all headlines again."""
    with transaction():
        stories = rebuild_all()
    click.echo(f"Stories that the newsroom can find: {stories}")
