"""The database is locked, missing or stopped: 503 without losing the text, and no hang."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.articles.models import Article, Draft, Revision
from app.core.db import db
from tests.support.cast import Newsroom, Visitor, fields_of, recovered_fields_of
from tests.support.databases import running_app
from tests.support.postgres import PostgresServer
from tests.support.wire import wire_to

STORY = "/politics/river-rises"

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LOCKER = """
import sys
try:
    import pysqlite3 as sqlite3
except ImportError:
    import sqlite3
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
held.execute("UPDATE site_edition SET number = number")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked_by_another_process(path: Path) -> Iterator[None]:
    """Hold the write lock of the database file until the block ends."""
    command = [sys.executable, "-c", LOCKER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"locked\n"
        try:
            yield
        finally:
            process.kill()


def writing(newsroom: Newsroom, story: Article) -> tuple[Visitor, str, dict[str, str]]:
    """Amina with a form on which she has written for an hour, and where it goes."""
    amina = newsroom.visitor("amina")
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    fields |= {"body": "Written for an hour", "headline": "Kept & safe"}
    db.session.remove()
    return amina, f"/newsroom/articles/{story.id}/draft", fields


def assert_kept(page: str, path: str) -> None:
    assert "Nothing has been saved yet" in page
    assert "Written for an hour" in page
    assert f'action="{path}"' in page
    assert "Traceback" not in page


@pytest.mark.slow
@sqlite_only
def test_locked_for_longer_than_we_wait(newsroom: Newsroom, instance: Path) -> None:
    story = newsroom.story()
    amina, path, fields = writing(newsroom, story)
    with locked_by_another_process(instance / "stet.db"):
        start = time.monotonic()
        answer = amina.post(path, fields)
        assert 4 < time.monotonic() - start < 7
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert_kept(answer.text, path)
        for each in ("/", "/politics", "/newsroom/articles", f"/newsroom/articles/{story.id}"):
            assert amina.get(each).status_code == 200, each  # reading goes on
    assert amina.post(path, recovered_fields_of(answer.text)).status_code == 303
    assert db.session.scalars(select(Draft.headline)).one() == "Kept & safe"


@sqlite_only
def test_the_file_is_gone_and_comes_back(newsroom: Newsroom, instance: Path) -> None:
    story = newsroom.live_story()
    amina, path, fields = writing(newsroom, story)
    db.engine.dispose()
    database = instance / "stet.db"
    database.rename(database.with_suffix(".away"))
    try:
        answer = amina.post(path, fields)
        assert answer.status_code == 503
        assert_kept(answer.text, path)
        assert_clean_refusals(newsroom, amina)
        assert not database.exists()  # an empty one would be served as an empty paper
    finally:
        database.with_suffix(".away").rename(database)
    assert amina.post(path, recovered_fields_of(answer.text)).status_code == 303


def assert_clean_refusals(newsroom: Newsroom, amina: Visitor) -> None:
    for each in ("/newsroom/articles", "/newsroom/articles/new", "/newsroom/articles/1/preview"):
        refused = amina.get(each)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5"), each
        assert "Traceback" not in refused.text
        assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert newsroom.visitor().get("/culture").status_code == 503
    assert amina.post("/newsroom/session/delete").status_code == 503


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_postgres_is_stopped_under_us(newsroom: Newsroom, postgres: PostgresServer) -> None:
    story = newsroom.live_story()
    amina, path, fields = writing(newsroom, story)
    name = db.engine.url.database
    assert name is not None
    postgres.drop(name)  # cuts every connection, the open ones too
    start = time.monotonic()
    answer = amina.post(path, fields)
    assert answer.status_code == 503
    assert_kept(answer.text, path)
    assert_clean_refusals(newsroom, amina)
    assert time.monotonic() - start < 6


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_postgres_hangs_and_no_reader_waits(
    newsroom: Newsroom, postgres: PostgresServer, settings: dict[str, str]
) -> None:
    newsroom.live_story()
    newsroom.live_story(slug="never-read")
    name = db.engine.url.database
    with wire_to(postgres.folder) as wire:
        far = f"postgresql+psycopg://postgres@127.0.0.1:{wire.port}/{name}"
        with running_app(settings | {"STET_DATABASE_URL": far}) as app:
            client = app.test_client()
            good = client.get(STORY)
            assert good.status_code == 200
            wire.is_dead = True
            through = time.monotonic() + 6  # several attempts to connect again
            while time.monotonic() < through:
                assert within_a_second(lambda: client.get(STORY)).data == good.data
                time.sleep(0.01)
            for path in ("/politics/never-read", "/search?q=river", "/newsroom/articles"):
                cold = within_a_second(partial(client.get, path))
                assert (cold.status_code, cold.headers["Retry-After"]) == (503, "5"), path
            assert within_a_second(lambda: client.get("/static/icon.svg")).status_code == 200
            wire.is_dead = False
            deadline = time.monotonic() + 5
            while client.get("/politics/never-read").status_code != 200:
                assert time.monotonic() < deadline
                time.sleep(0.05)


def within_a_second(ask: Callable[[], TestResponse]) -> TestResponse:
    started = time.monotonic()
    answer = ask()
    assert time.monotonic() - started < 1
    return answer


@sqlite_only
def test_nothing_half_written_is_left(newsroom: Newsroom) -> None:
    """A write that fails at its very end is undone completely."""
    story = newsroom.story()
    amina, path, fields = writing(newsroom, story)
    with db.engine.connect().execution_options(stet_writes=True) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        connection.commit()
    answer = amina.post(path, fields | {"authors": "Somebody New"})
    assert answer.status_code == 409
    assert "Written for an hour" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 1
    assert db.session.scalars(select(Draft.version)).one() == 1
