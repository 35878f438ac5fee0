"""A withdrawn page stays withdrawn, and the cache has the newest page, whoever made it and when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, g, request, request_finished
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, text

from app.core.db import db, transaction
from app.core.errors import Unavailable
from app.core.pagecache.disk_store import DiskStore
from app.core.pagecache.responses import CachedPage, Snapshot
from app.core.pagecache.withdrawn import WithdrawnAddresses
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom
from tests.support.databases import running_app

STORY = "/politics/river-rises"
TELLING = (
    *(STORY, f"{STORY}/changes", "/", "/?page=1", "/politics", "/authors/brian-wellbrock"),
    *("/feeds/rss.xml", "/feeds/feed.json", "/sitemaps/1.xml"),
)


def test_pages_once_made_are_served_while_the_database_is_away(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    newsroom.live_story()
    newsroom.live_story(slug="never-read")
    good = client.get(STORY)
    app.extensions["pagecache"].wait_until_idle()
    lose_database(settings)
    assert client.get(STORY).data == good.data
    with running_app(settings) as later:
        assert later.test_client().get(STORY).data == good.data
        started = time.monotonic()
        cold = later.test_client().get("/politics/never-read")
        assert time.monotonic() - started < 1
        assert cold.status_code == 503
        assert cold.headers["Retry-After"]


def test_a_withdrawn_story_does_not_come_back_from_the_disk(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story()
    assert client.get(STORY).status_code == 200
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    app.extensions["pagecache"].wait_until_idle()
    lose_database(settings)
    with running_app(settings) as later:
        assert later.test_client().get(STORY).status_code == 410


def test_nor_does_anything_that_told_of_it(
    newsroom: Newsroom, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story(headline="An otter")
    newsroom.live_story(slug="another", author_ids=(newsroom.second_author,))
    newsroom.republish(article, headline="Two otters")
    with running_app(settings) as other:  # a worker that has them in its memory
        elsewhere = other.test_client()
        for path in (*TELLING, "/authors/lena-vogt"):
            assert elsewhere.get(path).status_code == 200
        with transaction():
            withdraw(article, by=newsroom.person("amina"))
        other.extensions["pagecache"].wait_until_idle()
        lose_database(settings)
        with running_app(settings) as later:  # and one that has only what is on the disk
            for reader in (elsewhere, later.test_client()):
                for path in TELLING:
                    assert "otter" not in reader.get(path).text, path
                assert reader.get("/authors/lena-vogt").status_code == 200


def test_an_old_address_does_not_show_what_stood_there(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story(headline="A libel")
    assert client.get(STORY).status_code == 200
    newsroom.republish(article, headline="Put right", slug="elsewhere")
    app.extensions["pagecache"].wait_until_idle()
    lose_database(settings)
    with running_app(settings) as later:
        assert later.test_client().get(STORY).status_code == 301


def test_a_page_that_is_missing_now_is_forgotten_by_all(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story()
    author = "/authors/brian-wellbrock"
    assert client.get(author).status_code == 200
    app.extensions["pagecache"].wait_until_idle()
    newsroom.republish(article, author_ids=(newsroom.second_author,))
    with running_app(settings) as later:
        assert later.test_client().get(author).status_code == 404


def test_a_withdrawn_story_is_not_shown_when_its_absence_cannot_be(
    newsroom: Newsroom, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story()
    with running_app(settings) as other:
        assert other.test_client().get(STORY).status_code == 200
        with transaction():
            withdraw(article, by=newsroom.person("amina"))
        other.before_request_funcs.setdefault(None, []).append(refuse)
        assert other.test_client().get(STORY).status_code in (410, 503)


def test_a_page_on_its_way_does_not_outlive_the_withdrawal(
    newsroom: Newsroom, app: Flask, settings: dict[str, str]
) -> None:
    article = newsroom.live_story()
    with first_page_held_up(app) as (under_way, go_on):
        reader = threading.Thread(target=lambda: app.test_client().get(STORY))
        reader.start()
        assert under_way.wait(5)
        threading.Timer(0.3, go_on.set).start()
        with transaction():
            withdraw(article, by=newsroom.person("amina"))
        reader.join()
    app.extensions["pagecache"].wait_until_idle()
    lose_database(settings)
    with running_app(settings) as later:
        assert later.test_client().get(STORY).status_code == 410


def test_withdrawing_waits_for_no_page(newsroom: Newsroom, settings: dict[str, str]) -> None:
    """With one thread there is one admission slot, and the act itself uses it."""
    article = newsroom.live_story()
    rendered: list[tuple[str, int, str | None]] = []

    def note() -> None:
        rendered.append((request.path, threading.get_ident(), g.get("address")))
        g.address = request.path

    def check(response: Response) -> Response:
        assert g.address == request.path
        return response

    with running_app(settings | {"STET_THREADS": "1"}) as app:
        app.before_request(note)
        app.after_request(check)
        amina = replace(newsroom, app=app, _visitors={}).visitor("amina")
        assert amina.get(STORY).status_code == 200
        rendered.clear()
        started = time.monotonic()
        answer = amina.post(f"/newsroom/articles/{article.id}/publication/delete")
        assert time.monotonic() - started < 1
        assert answer.status_code == 303
        app.extensions["pagecache"].wait_until_idle()
        lose_database(settings)
        assert amina.get(STORY).status_code == 410
    (act, own_thread, before), (path, thread, shared) = rendered
    assert act.endswith("/publication/delete")
    assert (path, before, shared) == (STORY, None, None)
    assert thread != own_thread


def test_what_was_withdrawn_is_deleted_even_if_that_cannot_be_noted(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    """A file that cannot be written simulates a full disk."""
    article = newsroom.live_story()
    assert client.get(STORY).status_code == 200
    cache = app.extensions["pagecache"]
    cache.wait_until_idle()
    Path(settings["STET_INSTANCE"], "pages", "withdrawn.json").mkdir()
    app.before_request_funcs.setdefault(None, []).append(refuse)
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    assert client.get(STORY).status_code == 503
    cache.wait_until_idle()
    lose_database(settings)
    with running_app(settings) as later:
        assert later.test_client().get(STORY).status_code == 503


def test_who_comes_after_a_publish_has_the_page_made_once(newsroom: Newsroom, app: Flask) -> None:
    article = newsroom.live_story()
    made: list[str] = []
    seen: list[str] = []

    def read() -> None:
        seen.append(app.test_client().get(STORY).text)

    with first_page_held_up(app, made.append) as (under_way, go_on):
        readers = [threading.Thread(target=read) for _ in range(9)]
        readers[0].start()
        assert under_way.wait(5)
        newsroom.republish(article, headline="By a foot")
        for reader in readers[1:]:
            reader.start()
        time.sleep(0.3)  # until they all wait
        go_on.set()
        for reader in readers:
            reader.join()
    assert len(made) == 2
    assert sum("By a foot" in each for each in seen) >= 8


def test_an_older_page_does_not_overwrite_a_newer_one(tmp_path: Path) -> None:
    store = DiskStore(tmp_path, WithdrawnAddresses(tmp_path / "withdrawn.json"))
    # The last is of a database that was brought back from a copy, and counts anew.
    for words, made, kept in (
        (b"gone", Snapshot(7, 20.0), b"gone"),
        (b"words", Snapshot(6, 10.0), b"gone"),
        (b"later", Snapshot(3, 30.0), b"later"),
    ):
        store.save(STORY, CachedPage("200 OK", [], words, made, datetime.max.replace(tzinfo=UTC)))
        store.wait_until_idle()
        loaded = store.load(STORY)
        assert loaded is not None
        assert loaded.body == kept


def refuse() -> None:
    """As if the database became unreachable after it had given the edition."""
    raise Unavailable("not now")


@contextmanager
def first_page_held_up(
    app: Flask, made: Callable[[str], object] = str
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The first page that `app` makes is `under_way` until it may `go_on`; `made` is told of each."""
    under_way, go_on = threading.Event(), threading.Event()

    def hold_up(_app: Flask, response: Response, **_: object) -> None:
        made(response.status)
        if not under_way.is_set():
            under_way.set()
            go_on.wait(10)

    with request_finished.connected_to(hold_up, app):
        yield under_way, go_on


def lose_database(settings: dict[str, str]) -> None:
    """Take the database away for real: the file is gone, or the server knows it no more."""
    db.session.remove()
    url = make_url(settings["STET_DATABASE_URL"])
    if url.drivername == "sqlite":
        Path(url.database or "").unlink()
        return
    server = create_engine(
        url.set(drivername="postgresql+psycopg", database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{url.database}" WITH (FORCE)'))
    server.dispose()
