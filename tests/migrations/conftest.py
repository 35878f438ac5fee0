"""Databases with everything that a newsroom has: one made now, and one dumped at schema 0012."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from app.core import clock
from app.core.db import transaction
from app.publishing.actions import withdraw
from app.publishing.review import submit
from app.transfer.cli import load
from app.transfer.demo import load_demo
from tests.migrations import dumped
from tests.support.cast import Newsroom
from tests.support.databases import running_app
from tests.support.postgres import PostgresServer
from tests.support.server import ROOT

DEMO = 200


@pytest.fixture
def full_newsroom(newsroom: Newsroom) -> Newsroom:
    """A story in every state, the seeds that ship, and 200 demo stories."""
    article = newsroom.live_story()
    withdrawn = newsroom.live_story(slug="withdrawn")
    waiting = newsroom.story("brian", slug="waiting")
    newsroom.story(slug="draft")
    with transaction():
        submit(waiting, version=1, note="Please read.", by=newsroom.person("brian"))
        withdraw(withdrawn, note="Not ours.", by=newsroom.person("amina"))
    load(ROOT / "seeds", publishes=True, lead_image=None)
    assert article.is_live
    load_demo(DEMO)
    return newsroom


@pytest.fixture
def dumped_sqlite(instance: Path) -> str:
    """The dumped site in a separate file for the test."""
    return dumped.load_sqlite(instance)


@pytest.fixture
def dumped_postgres(postgres: PostgresServer) -> Iterator[str]:
    """The dumped site in a separate PostgreSQL database for the test."""
    url = postgres.create(dumped.DATABASE)
    try:
        dumped.load_postgres(url)
        yield url
    finally:
        postgres.drop(dumped.DATABASE)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def dumped_site(request: pytest.FixtureRequest, instance: Path) -> Iterator[Flask]:
    """The application of today on the site as it was dumped, at the moment of the dump."""
    url = request.getfixturevalue(f"dumped_{request.param}")
    dumped.load_pictures(instance)
    settings = dumped.SETTINGS | {"STET_INSTANCE": str(instance), "STET_DATABASE_URL": url}
    at = dumped.recorded_answers().at
    with running_app(settings) as app, app.app_context(), clock.moved_to(at):
        yield app


@pytest.fixture
def upgraded_site(dumped_site: Flask) -> Flask:
    """The same after the upgrade."""
    flask_migrate.upgrade()
    return dumped_site
