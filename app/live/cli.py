"""`stet live`: looking after what readers see of the stories."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.articles.models import Article
from app.core import clock
from app.core.cli import Group
from app.core.db import db, transaction
from app.core.edition import raise_edition, wait_for_turn
from app.live import actions, portraits

# How many stories one transaction prints. Editors can save between two transactions.
BATCH = 200


@click.group(cls=Group)
def live() -> None:
    """Look after what readers see."""


@live.command()
@with_appcontext
def rebuild() -> None:
    """Print every live story again from its newest published version.

    Readers see the old pages until then.
    """
    done, stories = 0, 0
    everything = select(Article.id).where(Article.is_live_now()).order_by(Article.id).limit(BATCH)
    while ids := db.session.scalars(everything.where(Article.id > done)).all():
        with transaction() as session:
            wait_for_turn(session.connection())
            stories += actions.rebuild(ids, clock.now())
            raise_edition("live rebuild")
        done = ids[-1]
    with transaction() as session:
        wait_for_turn(session.connection())
        actions.remove_strays()
        actions.choose_all_listed()
        portraits.rebuild_portraits()
        raise_edition("live rebuild")
    click.echo(f"Stories printed: {stories}")
