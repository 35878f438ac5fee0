"""`stet related`: looking after the lists of related stories."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import delete, exists, select

from app.core.cli import Group
from app.core.db import db, transaction
from app.core.edition import raise_edition
from app.live.models import Publication, Related
from app.related import actions

# How many stories one transaction handles. Editors can save between two transactions.
BATCH = 100


@click.group(cls=Group)
def related() -> None:
    """Look after the related stories that readers are shown."""


@related.command()
@with_appcontext
def rebuild() -> None:
    """Find the related stories of each live story again. Readers see the old lists until then."""
    in_section = Publication.category_id.is_not(None)
    listed = select(Publication.article_id).where(in_section)
    with transaction():
        for story in (Related.article_id, Related.other_id):
            live = exists().where(Publication.article_id == story, in_section)
            db.session.execute(delete(Related).where(~live))
    done, stories = 0, 0
    while ids := db.session.scalars(
        listed.where(Publication.article_id > done).order_by(Publication.article_id).limit(BATCH)
    ).all():
        with transaction():
            for article_id in ids:
                actions.update(article_id)
            raise_edition("related rebuild")
        done, stories = ids[-1], stories + len(ids)
    click.echo(f"Stories looked at: {stories}")
