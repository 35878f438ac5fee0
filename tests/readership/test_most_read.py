"""The list of most read stories: its order, what it never shows, and when it is not shown at all."""

import os
import signal
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.articles.models import Article
from app.core import clock
from app.core.db import db, transaction
from app.core.secrets import make_secrets
from app.publishing.actions import withdraw
from app.readership.models import MostRead, Reading
from app.readership.queries import most_read, most_read_in
from tests.readership.conftest import BROWSER, read, write
from tests.support.cast import Newsroom
from tests.support.databases import running_app
from tests.support.server import WAIT_FOR_STOP, run_stet, running_server

# The beginning of an hour: no test runs into the next hour or, where pages are made anew, the next day.
NOW = clock.now().replace(minute=0, second=0, microsecond=0)


def told(newsroom: Newsroom, name: str, **fields: Any) -> Article:
    return newsroom.live_story(headline=name, slug=name.lower(), **fields)


def listed() -> list[str]:
    db.session.rollback()
    return [each.headline for each in most_read()]


def read_at(app: Flask, name: str, times: int, hours_ago: float = 0) -> None:
    """Read stories of the politics section so many times, and write the counts."""
    with clock.moved_to(NOW - timedelta(hours=hours_ago)):
        read(app, f"/politics/{name.lower()}", times)
        write(app)
    with transaction():
        db.session.execute(delete(MostRead))


def arrange(app: Flask, hours: float = 0) -> None:
    """Write a batch, which makes the list again."""
    with clock.moved_to(NOW + timedelta(hours=hours)):
        app.extensions["readings"].on_page_read(
            "/no/story", {"HTTP_USER_AGENT": BROWSER["User-Agent"]}
        )
        write(app)


def test_the_most_read_stands_first(newsroom: Newsroom, app: Flask) -> None:
    for name, times in (("One", 11), ("Two", 30), ("Three", 20), ("Few", 9)):
        told(newsroom, name)
        read_at(app, name, times)
    arrange(app)
    assert listed() == ["Two", "Three", "One"]
    page = newsroom.visitor().get("/").text
    shown = page[page.index('<ol class="ranking">') :].partition("</ol>")[0]
    assert [shown.index(name) for name in ("Two", "Three", "One")] == sorted(
        shown.index(name) for name in ("Two", "Three", "One")
    )
    assert "Few" not in shown
    assert not any(number in shown for number in ("30", "20", "11"))


def test_recent_readings_weigh_more(newsroom: Newsroom, app: Flask) -> None:
    for name in ("Morning", "Noon", "Evening", "Yesterday"):
        told(newsroom, name)
    for name, times, hours_ago in (
        ("Morning", 15, 20), ("Noon", 15, 10), ("Evening", 15, 0), ("Yesterday", 200, 26),
    ):  # fmt: skip
        read_at(app, name, times, hours_ago)
    arrange(app)
    assert listed() == ["Evening", "Noon", "Morning"]


def test_a_quiet_day_shows_the_week_and_too_little_shows_nothing(
    newsroom: Newsroom, app: Flask
) -> None:
    for name, hours_ago in (("Today", 0), ("Monday", 90), ("Tuesday", 70)):
        told(newsroom, name)
        read_at(app, name, 10, hours_ago)
        arrange(app)
        assert listed() == ([] if name != "Tuesday" else ["Today", "Tuesday", "Monday"])
        if name == "Monday":
            assert "Most read" not in newsroom.visitor().get("/").text
        with transaction():
            db.session.execute(delete(MostRead))


def test_a_section_shows_its_own(newsroom: Newsroom, app: Flask) -> None:
    for name in ("One", "Two", "Three"):
        told(newsroom, name)
        read_at(app, name, 12)
    told(newsroom, "Painting", category_id=newsroom.culture)
    read(app, "/culture/painting", 50)
    arrange(app)
    assert listed()[0] == "Painting"
    assert "Painting" not in [each.headline for each in most_read_in(newsroom.politics)]
    assert most_read_in(newsroom.culture) == []
    assert "Most read" in newsroom.visitor().get("/politics").text
    assert "Most read" not in newsroom.visitor().get("/culture").text


def test_a_withdrawn_story_leaves_the_list_at_once(newsroom: Newsroom, app: Flask) -> None:
    stories = {name: told(newsroom, name) for name in ("One", "Two", "Three", "Four")}
    for name in stories:
        read_at(app, name, 12)
    arrange(app)
    assert "Two" in listed()
    with transaction():
        withdraw(stories["Two"], by=newsroom.person("amina"))
    assert listed() == ["Four", "Three", "One"]
    assert "Two" not in newsroom.visitor().get("/").text


def test_the_list_stands_for_minutes_and_the_page_follows(newsroom: Newsroom, app: Flask) -> None:
    for name in ("One", "Two", "Three"):
        told(newsroom, name)
        read_at(app, name, 12)
    client = app.test_client()

    def front(minutes: int) -> str:
        with clock.moved_to(NOW + timedelta(minutes=minutes)):
            return client.get("/").text.partition('<ol class="ranking">')[2].partition("</ol>")[0]

    arrange(app)
    first = front(0)
    assert first
    read(app, "/politics/one", 12)
    arrange(app, hours=2 / 60)
    assert front(2) == first
    arrange(app, hours=6 / 60)
    assert listed()[0] == "One"
    assert (
        front(6) == first
    )  # the page says when it grows old; its list is never a reason to empty the cache
    assert front(11).index("One") < front(11).index("Two")


def test_old_readings_are_forgotten(newsroom: Newsroom, app: Flask) -> None:
    told(newsroom, "One")
    read_at(app, "One", 3, hours_ago=24 * 31)
    read_at(app, "One", 3, hours_ago=24 * 29)
    arrange(app)
    db.session.rollback()
    assert len(db.session.scalars(select(Reading)).all()) == 1


def test_nothing_is_shown_where_nothing_is_counted(
    newsroom: Newsroom, app: Flask, settings: dict[str, str]
) -> None:
    for name in ("One", "Two", "Three"):
        told(newsroom, name)
        read_at(app, name, 12)
    arrange(app)
    with running_app(settings | {"STET_COUNT_READINGS": "no"}) as silent:
        assert "Most read" not in silent.test_client().get("/").text


@pytest.mark.slow
def test_a_server_that_is_stopped_writes_what_it_has_counted(tmp_path: Path) -> None:
    instance = tmp_path / "paper"
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    with sqlite3.connect(instance / "stet.db") as database:
        stories = "SELECT path FROM publication WHERE category_id IS NOT NULL LIMIT 3"
        paths = [row[0] for row in database.execute(stories)]
    with running_server(instance, {"STET_WORKERS": "2"}) as server:
        for path in paths:
            for _ in range(12):
                urlopen(Request(server.url + path, headers=BROWSER)).close()
            urlopen(server.url + path).close()
        os.kill(server.process.pid, signal.SIGTERM)
        server.process.wait(WAIT_FOR_STOP)
    with sqlite3.connect(instance / "stet.db") as database:
        counted = (
            "SELECT path, sum(times) FROM reading JOIN publication USING (article_id) GROUP BY 1"
        )
        assert dict(database.execute(counted)) == dict.fromkeys(paths, 12)
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        page = urlopen(server.url + "/").read().decode()
        assert all(path in page.partition('<ol class="ranking">')[2] for path in paths)
