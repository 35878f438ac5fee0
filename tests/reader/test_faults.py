"""When the database cannot be reached, readers immediately get a page of the site that says so."""

import time
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from tests.support.cast import Newsroom


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Only on SQLite: its database can be removed by moving a file."""
    return sqlite_url


@pytest.fixture
def broken(app: Flask, newsroom: Newsroom, instance: Path) -> Flask:
    """A site without its database."""
    newsroom.live_story()
    db.session.remove()
    db.engine.dispose()
    for file in instance.glob("stet.db*"):
        file.rename(file.with_name("away-" + file.name))
    return app


def test_pages_say_that_they_cannot_be_made(broken: Flask) -> None:
    for path in ("/", "/politics", "/politics/river-rises", "/authors/brian-wellbrock"):
        start = time.monotonic()
        answer = broken.test_client().get(path)
        assert time.monotonic() - start < 1
        assert answer.status_code == 503, path
        assert answer.headers["Retry-After"].isdigit()
        assert answer.headers["Cache-Control"] == "no-store"
        assert "This page cannot be made just now." in answer.text
        assert "sqlite" not in answer.text.lower()


def test_a_site_that_asks_for_a_card_is_told_in_a_line(broken: Flask) -> None:
    answer = broken.test_client().get("/oembed?url=http://127.0.0.1:8000/politics/river-rises")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.text == "The database does not answer at the moment.\n"


def test_what_needs_no_database_is_answered_as_ever(broken: Flask) -> None:
    client = broken.test_client()
    assert client.get("/a/b/c").status_code == 404
    assert client.get("/static/icon.svg", buffered=True).status_code == 200


def test_it_is_back_when_the_database_is(broken: Flask, instance: Path) -> None:
    client = broken.test_client()
    assert client.get("/").status_code == 503
    for file in instance.glob("away-stet.db*"):
        file.rename(file.with_name(file.name.removeprefix("away-")))
    assert client.get("/politics/river-rises").status_code == 200
