"""Sites to measure: made by the commands that an admin uses, in a folder that goes when the block ends."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.articles.models import Article
from app.core.db import db
from app.live.models import Publication
from app.transfer.demo import load_demo
from tests.support.databases import running_app
from tests.support.plans import gather_statistics
from tests.support.server import run_stet


@contextmanager
def demo_site(stories: int, database_url: str = "") -> Iterator[Path]:
    """The instance folder of a site with the seeds that ship and so many demo stories."""
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as name:
        instance = Path(name, "instance")
        given = settings(instance) | ({"STET_DATABASE_URL": database_url} if database_url else {})
        run_stet("setup", instance=instance, settings=given)
        with running_app(given) as app, app.app_context():
            load_demo(stories)
            gather_statistics()
        yield instance


def settings(instance: Path) -> dict[str, str]:
    """A function that makes an application for that folder."""
    return {
        "STET_INSTANCE": str(instance),
        "STET_DATABASE_URL": f"sqlite:///{instance / 'stet.db'}",
    }


def some_paths(app: Flask, count: int) -> list[str]:
    """The addresses of `count` live stories, spread over the whole archive."""
    with app.app_context():
        last = db.session.execute(select(func.max(Article.id))).scalar_one()
        ids = [1 + (number * 7919) % last for number in range(count)]
        found = select(Publication.path).where(Publication.article_id.in_(ids))
        return list(db.session.scalars(found))
