"""Every public page by html-validate, its recommended rules included: 0 faults.

Four rules are bent, in tests/markup/.htmlvalidate.json: a title is as long as its headline, files of our
own need no checksum, a value that HTML lets stand without quotation marks may, and the way on to the next
story is an `aside` with the role of a region: reader modes leave out the one, screen readers list the other.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from app.body.document import Body
from app.body.html import picture_ids
from app.core import clock
from app.core.db import db, transaction
from app.media.models import Picture
from tests.body.bodies import bodies
from tests.reader.whole_paper import PAGES, WholePaper
from tests.support.cast import Newsroom
from tests.support.markup import faults

EMPTY = ("/", "/?page=1", "/politics", "/search", "/corrections", "/kept")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Only on SQLite: the pages are the same on both databases."""
    return sqlite_url


@pytest.fixture
def paper(newsroom: Newsroom, instance: Path) -> Newsroom:
    """A paper with a page of every kind."""
    WholePaper(newsroom, instance).fill()
    newsroom.app.testing = False  # a fault becomes a page
    return newsroom


def test_every_page_is_valid(paper: Newsroom, tmp_path: Path) -> None:
    reader = paper.app.test_client()
    answers = {path: reader.get(path) for path in PAGES}
    others = {path: each.status_code for path, each in answers.items() if each.status_code != 200}
    assert others == {"/nothing": 404, "/politics/gone": 410, "/politics/fails": 500}
    assert faults({path: each.text for path, each in answers.items()}, tmp_path) == []


def test_pages_about_faults_are_valid(paper: Newsroom, instance: Path, tmp_path: Path) -> None:
    reader = paper.app.test_client()
    pages = {"405": reader.put("/").text}
    db.session.remove()
    db.engine.dispose()
    for file in instance.glob("stet.db*"):
        file.rename(file.with_name("away-" + file.name))
    pages["503"] = reader.get("/politics/river-0").text
    assert "cannot be made just now" in pages["503"]
    assert faults(pages, tmp_path) == []


def test_a_paper_without_stories_is_valid(app: Flask, newsroom: Newsroom, tmp_path: Path) -> None:
    reader = app.test_client()
    pages = {path: reader.get(path).text for path in EMPTY}
    assert faults(pages, tmp_path) == []


def store_pictures(bodies_to_show: list[Body]) -> None:
    """A photograph for each figure, under the number that it names."""
    numbers = {number for each in bodies_to_show for number in picture_ids(each)}
    with transaction():
        db.session.add_all(
            Picture(
                id=number,
                key=f"{number:032x}.jpg",
                **{"media_type": "image/jpeg", "width": 1600, "height": 900, "size": 10},
                created_at=clock.now(),
            )
            for number in numbers
        )


def test_any_body_is_valid(newsroom: Newsroom, tmp_path: Path) -> None:
    found: list[Body] = []

    @given(bodies)
    @settings(
        max_examples=60,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def draw(each: Body) -> None:
        if not each.is_empty:
            found.append(each)

    draw()
    store_pictures(found)
    for number, each in enumerate(found):
        newsroom.live_story(slug=f"any-{number}", body=each)
    reader = newsroom.app.test_client()
    pages = {each.dumps(): reader.get(f"/politics/any-{n}").text for n, each in enumerate(found)}
    # Left empty, called the same twice, or typed at the end of a line by the writer: valid, if not wise.
    typed = (
        *("empty-heading", "heading-level", "wcag/h30"),
        *("unique-landmark", "no-trailing-whitespace"),
    )
    found_faults = faults(pages, tmp_path)
    assert [each for each in found_faults if not any(rule in each for rule in typed)] == []
