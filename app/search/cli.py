"""`stet search`: looking after the index."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.core.cli import Group
from app.core.db import transaction
from app.core.edition import raise_edition
from app.search import actions


@click.group(cls=Group)
def search() -> None:
    """Look after what readers search."""


@search.command()
@with_appcontext
def rebuild() -> None:
    """Make the index of all live stories again. Readers use the old index until this is done."""
    with transaction() as session:
        stories = actions.rebuild(session.connection())
        raise_edition("search rebuild")
    click.echo(f"Stories that readers can find: {stories}")
