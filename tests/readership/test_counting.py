"""Page views are counted in memory, written in batches, and never delay a reader."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from app.core import clock
from app.core.config import read_settings
from app.core.db import db, transaction
from app.core.edition import current
from app.core.errors import Unavailable
from app.publishing.actions import withdraw
from app.readership import counter as counting
from app.readership.counter import MOST_ADDRESSES, Counter
from app.readership.models import MostRead, Reading
from tests.readership.conftest import BROWSER, read, write
from tests.readership.test_readers import CHROME
from tests.support.cast import Newsroom
from tests.support.databases import running_app

STORY = "/politics/river-rises"
ENVIRON = {"HTTP_USER_AGENT": CHROME}


def readings() -> dict[int, int]:
    """How often each story was read, by id."""
    db.session.rollback()
    found: dict[int, int] = {}
    for row in db.session.execute(select(Reading.article_id, Reading.times)):
        found[row.article_id] = found.get(row.article_id, 0) + row.times
    return found


def test_people_are_counted_and_nothing_else(newsroom: Newsroom, app: Flask) -> None:
    story = newsroom.live_story()
    read(app, STORY, 3)
    read(app, f"{STORY}?utm_source=letter")
    robot = app.test_client()
    robot.get(STORY)
    robot.get(STORY, headers=BROWSER | {"Sec-Purpose": "prefetch"})
    robot.head(STORY, headers=BROWSER)
    for path in (
        "/",
        "/politics",
        "/politics/nothing",
        "/feeds/rss.xml",
        "/authors/brian-wellbrock",
    ):
        robot.get(path, headers=BROWSER)
    assert readings() == {}
    write(app)
    assert readings() == {story.id: 4}


def test_looking_again_at_what_the_browser_holds_is_a_reading(
    newsroom: Newsroom, app: Flask
) -> None:
    story = newsroom.live_story()
    client = app.test_client()
    held = client.get(STORY, headers=BROWSER).headers["ETag"]
    again = client.get(STORY, headers=BROWSER | {"If-None-Match": held})
    assert again.status_code == 304
    write(app)
    assert readings() == {story.id: 2}


def test_batches_add_up_by_the_hour(newsroom: Newsroom, app: Flask) -> None:
    story = newsroom.live_story()
    for hours in (0, 0, 1):
        with clock.moved_to(clock.now() + timedelta(hours=hours)):
            read(app, STORY, 2)
            write(app)
    assert readings() == {story.id: 6}
    assert len(db.session.scalars(select(Reading)).all()) == 2


def test_reading_writes_nothing_itself(newsroom: Newsroom, app: Flask) -> None:
    newsroom.live_story()
    read(app, STORY)
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        written.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    read(app, STORY, 5)
    assert [each for each in written if each.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    edition = current()
    write(app)
    assert [each for each in written if each.startswith("INSERT INTO reading")]
    db.session.rollback()
    assert current() == edition


def test_a_withdrawn_story_is_passed_over(newsroom: Newsroom, app: Flask) -> None:
    story = newsroom.live_story()
    read(app, STORY, 12)
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    write(app)
    assert readings() == {}


def test_a_locked_database_delays_no_reader_and_loses_no_count(
    newsroom: Newsroom, app: Flask
) -> None:
    story = newsroom.live_story()
    read(app, STORY)
    db.session.remove()
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as editor:
        if sqlite:
            editor.exec_driver_sql("ROLLBACK")
            editor.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            editor.execute(text("LOCK TABLE reading IN ACCESS EXCLUSIVE MODE"))
        writer = threading.Thread(target=write, args=(app,))
        writer.start()
        read(app, STORY, 4)
        editor.rollback()
        writer.join()
    write(app)
    assert readings() == {story.id: 5}


def test_what_cannot_be_written_is_kept(app: Flask) -> None:
    written: list[dict[str, int]] = []
    away = True

    def store(counts: counting.Counts) -> None:
        if away:
            raise Unavailable("Not now.")
        written.append(dict(counts))

    counter = Counter(store)
    counter.on_page_read(STORY, ENVIRON)
    counter.flush()
    counter.on_page_read(STORY, ENVIRON)
    away = False
    counter.flush()
    counter.flush()
    assert written == [{STORY: 2}]


def test_a_batch_is_written_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "INTERVAL", 0.1)
    written: list[dict[str, int]] = []
    done = threading.Event()

    def store(counts: counting.Counts) -> None:
        written.append(dict(counts))
        done.set()

    counter = Counter(store)
    for batch in (1, 2):
        for _ in range(batch):
            counter.on_page_read(STORY, ENVIRON)
        assert done.wait(10)
        done.clear()
    assert written == [{STORY: 1}, {STORY: 2}]


def test_no_number_of_addresses_fills_the_memory(newsroom: Newsroom, app: Flask) -> None:
    counter: Counter = app.extensions["readings"]
    client = app.test_client()
    for number in range(50):
        assert client.get(f"/politics/made-up-{number}", headers=BROWSER).status_code == 404
    assert counter.waiting == 0
    for number in range(MOST_ADDRESSES + 500):
        counter.on_page_read(f"/politics/made-up-{number}", ENVIRON)
    assert counter.waiting == MOST_ADDRESSES
    write(app)
    assert (counter.waiting, readings()) == (0, {})


def test_many_threads_lose_no_reading() -> None:
    written: list[dict[str, int]] = []
    counter = Counter(lambda counts: written.append(dict(counts)))

    def many() -> None:
        for _ in range(2000):
            counter.on_page_read(STORY, ENVIRON)

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        counter.flush()
        thread.join()
    counter.flush()
    assert sum(each[STORY] for each in written) == 16_000


def test_counting_can_be_switched_off(newsroom: Newsroom, settings: dict[str, str]) -> None:
    newsroom.live_story()
    with running_app(settings | {"STET_COUNT_READINGS": "no"}) as app:
        read(app, STORY)
        assert "readings" not in app.extensions
    assert not read_settings(settings | {"STET_COUNT_READINGS": "no"}).count_readings
    assert db.session.scalars(select(MostRead)).all() == []
