"""`stet seed --demo N`: the same numbers make the same stories, in any database, and `stet check` agrees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.content import Content
from app.articles.models import Article, Revision
from app.core.db import db, transaction
from app.core.secrets import make_secrets
from app.live.models import Publication
from app.transfer.checking import findings
from app.transfer.demo import load_demo
from tests.support import databases
from tests.support.contents import DIARIES, Contents, contents, differing
from tests.transfer.conftest import Load

STORIES = 150


@pytest.fixture
def another_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """A second site, on SQLite."""
    folder = tmp_path / "another"
    make_secrets(folder)
    url = databases.copy_sqlite(sqlite_template, folder)
    with databases.running_app({"STET_INSTANCE": str(folder), "STET_DATABASE_URL": url}) as app:
        yield app


def demo(app: Flask) -> Contents:
    with app.app_context():
        load_demo(STORIES)
        return contents(db.engine, DIARIES)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_sites_get_the_same_stories(app: Flask, another_app: Flask) -> None:
    assert differing(demo(app), demo(another_app)) == []


def test_the_seeds_and_the_demo_agree_with_themselves(
    app: Flask, load: Load, instance: Path
) -> None:
    load()
    demo(app)
    load("--demo", "20")
    with app.app_context():
        assert list(findings(instance)) == []
        assert db.session.scalar(select(func.count()).select_from(Article)) == 15 + STORIES + 20


def test_stories_may_be_written_after_the_demo(app: Flask) -> None:
    """After the demo, which assigns ids itself, the database continues with the next id."""
    demo(app)
    with app.app_context():
        last = db.session.scalars(select(func.max(Revision.id))).one()
        with transaction():
            article = actions.start(Content(headline="Ours"), by=Operator())
        assert article.id == STORIES + 1
        assert db.session.scalars(select(func.max(Revision.id))).one() == last + 1


def test_every_demo_story_can_be_read(app: Flask) -> None:
    demo(app)
    with app.app_context():
        paths = db.session.scalars(select(Publication.path)).all()
        db.session.remove()
    client = app.test_client()
    assert len(paths) == STORIES
    assert [path for path in paths if client.get(path).status_code != 200] == []
