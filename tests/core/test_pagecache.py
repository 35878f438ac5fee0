"""The page cache: exact after publishing, the same for every reader, and available without the database."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from flask import Flask, request, request_started
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import EnvironBuilder

from app.articles.actions import start
from app.articles.models import ArticleKind
from app.core import clock
from app.core.db import db, transaction
from app.core.edition import raise_edition
from app.core.events import edition_raised
from app.core.pagecache import PageCache, expires_at
from app.core.pagecache.encodings import best_encoding
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom
from tests.support.databases import running_app

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STORY = "/politics/river-rises"


@pytest.fixture
def made(app: Flask) -> Iterator[list[str]]:
    """The paths that reached Flask, in order."""
    asked: list[str] = []

    def note(_app: Flask, **_: object) -> None:
        asked.append(request.path)

    with request_started.connected_to(note, app):
        yield asked


def test_a_page_is_made_once(newsroom: Newsroom, client: FlaskClient, made: list[str]) -> None:
    newsroom.live_story()
    first, second = client.get(STORY), client.get(STORY)
    assert first.data == second.data
    assert b"River rises" in second.data
    assert made == [STORY]


def test_the_answer_after_a_publish_is_new(newsroom: Newsroom, client: FlaskClient) -> None:
    article = newsroom.live_story()
    assert b"by a foot" not in client.get(STORY).data
    for turn in range(20):
        newsroom.republish(article, headline=f"By a foot, {turn}")
        assert f"By a foot, {turn}".encode() in client.get(STORY).data
        assert f"By a foot, {turn}".encode() in client.get("/").data


def test_other_processes_answer_new_at_once(
    newsroom: Newsroom, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story()
    with running_app(settings) as other:
        elsewhere = other.test_client()
        for turn in range(20):
            elsewhere.get(STORY)
            newsroom.republish(article, headline=f"By a foot, {turn}")
            assert f"By a foot, {turn}".encode() in elsewhere.get(STORY).data


def test_a_change_without_a_signal_is_found_all_the_same(
    newsroom: Newsroom, client: FlaskClient
) -> None:
    article = newsroom.live_story()
    client.get(STORY)
    with edition_raised.muted():
        newsroom.republish(article, headline="By a foot")
    deadline = time.monotonic() + 5
    while b"By a foot" not in client.get(STORY).data:
        assert time.monotonic() < deadline


def test_without_a_signal_file_pages_are_as_exact(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    signal_file = Path(settings["STET_INSTANCE"], "edition.signal")
    signal_file.unlink(missing_ok=True)
    signal_file.mkdir()
    article = newsroom.live_story()
    with running_app(settings) as other:
        elsewhere = other.test_client()
        elsewhere.get(STORY)
        newsroom.republish(article, headline="By a foot")
        assert b"By a foot" in elsewhere.get(STORY).data


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_connection_that_was_cut_is_not_taken_for_a_lost_database(
    newsroom: Newsroom, client: FlaskClient
) -> None:
    article = newsroom.live_story()
    client.get(STORY)
    newsroom.republish(article, headline="By a foot")
    everybody_else = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    mine = "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    db.session.execute(text(f"{everybody_else} {mine}"))
    assert b"By a foot" in client.get(STORY).data


def test_a_page_that_says_the_same_again_is_not_compressed_again(
    newsroom: Newsroom, app: Flask, made: list[str]
) -> None:
    def sent() -> bytes:
        environ = EnvironBuilder(path=STORY, headers=[("Accept-Encoding", "br")]).get_environ()
        return next(iter(app.wsgi_app(environ, lambda *_: bytes)))

    article = newsroom.live_story()
    sent()
    app.extensions["pagecache"].wait_until_idle()  # until it has been made denser
    before = sent()
    with transaction():
        raise_edition("something that this page does not show")
    assert sent() is before
    assert made == [STORY, STORY]
    newsroom.republish(article, headline="By a foot")
    assert b"By a foot" in brotli.decompress(sent())


def test_a_page_is_sent_with_fewer_bytes_once_nobody_waits(
    newsroom: Newsroom, client: FlaskClient, app: Flask
) -> None:
    newsroom.live_story()
    asked = {"Accept-Encoding": "br"}
    first = client.get(STORY, headers=asked)
    app.extensions["pagecache"].wait_until_idle()
    later = client.get(STORY, headers=asked)
    assert len(later.data) < len(first.data) * 0.97  # names with hashes cannot be packed
    assert brotli.decompress(later.data) == brotli.decompress(first.data)
    assert first.headers["ETag"] != later.headers["ETag"]
    for tag in (first.headers["ETag"], later.headers["ETag"]):
        assert client.get(STORY, headers={**asked, "If-None-Match": tag}).status_code == 304


def test_a_saved_draft_makes_no_page_anew(
    newsroom: Newsroom, client: FlaskClient, made: list[str]
) -> None:
    newsroom.live_story()
    client.get(STORY)
    newsroom.story(slug="another")
    client.get(STORY)
    assert made == [STORY]


@pytest.mark.parametrize(
    "query", ["utm_source=x", "preview=1", "draft=1&x=%00", "a=b" * 500, "&&&=", "x[]=1"]
)
def test_unnamed_parameters_change_nothing(
    newsroom: Newsroom, client: FlaskClient, made: list[str], query: str
) -> None:
    newsroom.live_story()
    assert client.get(f"{STORY}?{query}").data == client.get(STORY).data
    assert set(made) == {STORY}


def test_headers_and_cookies_of_readers_change_nothing(
    newsroom: Newsroom, client: FlaskClient
) -> None:
    newsroom.live_story()
    hostile = {f"X-Strange-{number}": "x" for number in range(200)}
    hostile |= {
        "X-Forwarded-Host": "evil.example",
        "Accept-Language": "xx",
        "Accept": "application/json",
    }
    hostile |= {"Cookie": "stet=anything", "Range": "bytes=0-1", "X-Original-URL": "/newsroom"}
    strange = client.get(STORY, headers=hostile)
    assert strange.status_code == 200
    assert strange.data == client.get(STORY).data
    assert "Set-Cookie" not in strange.headers
    assert strange.headers["Vary"] == "Accept-Encoding"


def test_every_encoding_holds_the_same_page(newsroom: Newsroom, client: FlaskClient) -> None:
    newsroom.live_story()
    plain = client.get(STORY)
    packed = client.get(STORY, headers={"Accept-Encoding": "gzip"})
    smaller = client.get(STORY, headers={"Accept-Encoding": "gzip, deflate, br"})
    quicker = client.get(STORY, headers={"Accept-Encoding": "gzip, zstd"})
    assert gzip.decompress(packed.data) == brotli.decompress(smaller.data) == plain.data
    assert zstd.decompress(quicker.data) == plain.data
    answers = (plain, packed, smaller, quicker)
    assert [answer.headers.get("Content-Encoding") for answer in answers] == [
        None,
        "gzip",
        "br",
        "zstd",
    ]
    assert len({answer.headers["ETag"] for answer in answers}) == 4
    for answer in answers:
        again = client.get(STORY, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Content-Security-Policy" in again.headers
    assert client.get(STORY, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_says_what_get_says(newsroom: Newsroom, client: FlaskClient) -> None:
    newsroom.live_story()
    head, get = client.head(STORY), client.get(STORY)
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0,gzip;q=0", ""),
        ("*", "gzip"),
        ("br;q=x", ""),
        ("," * 5000, ""),
        ("identity", ""),
        ("BR", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, gzip", "zstd"),
        ("gzip;q=0.8, zstd;q=0.9, br;q=0.1", "zstd"),
        ("br;q=0.5, gzip", "gzip"),
        ("zstd;q=0, *", "gzip"),
    ],
)
def test_the_best_encoding(accepted: str, best: str) -> None:
    assert best_encoding(accepted) == best


def test_missing_addresses_fill_no_memory(
    newsroom: Newsroom, client: FlaskClient, app: Flask
) -> None:
    for number in range(30):
        assert client.get(f"/politics/nothing-{number}").status_code == 404
    assert app.extensions["pagecache"].memory.bytes == 0


def test_memory_is_bounded(newsroom: Newsroom, client: FlaskClient, app: Flask) -> None:
    cache: PageCache = app.extensions["pagecache"]
    cache.memory.most_bytes = 150_000
    for number in range(12):
        newsroom.live_story(slug=f"river-{number}")
    for number in range(12):
        assert client.get(f"/politics/river-{number}").status_code == 200
        assert cache.memory.bytes <= cache.memory.most_bytes
    assert cache.memory.bytes > 0


def test_a_page_that_says_the_date_ends_at_midnight(
    newsroom: Newsroom, client: FlaskClient, made: list[str]
) -> None:
    noon = datetime(2026, 3, 13, 12, tzinfo=UTC)
    with clock.moved_to(noon):
        client.get("/?page=1")
    with clock.moved_to(noon + timedelta(hours=11, minutes=59)):
        client.get("/?page=1")
    assert made == ["/"]
    with clock.moved_to(noon + timedelta(hours=12)):
        client.get("/?page=1")
    assert made == ["/", "/"]


def test_a_page_expires_at_the_earliest_moment_said(
    newsroom: Newsroom, app: Flask, client: FlaskClient, made: list[str]
) -> None:
    noon = datetime(2026, 3, 13, 12, tzinfo=UTC)

    @app.before_request
    def say() -> None:
        for minutes in (45, 10, 30):
            expires_at(noon + timedelta(minutes=minutes))

    for minutes, times in ((0, 1), (9, 1), (10, 2)):
        with clock.moved_to(noon + timedelta(minutes=minutes)):
            client.get("/")
        assert made == ["/"] * times
    expires_at(noon)  # where no page is rendered, this does nothing


def test_every_page_read_is_told(newsroom: Newsroom, client: FlaskClient, app: Flask) -> None:
    read: list[str] = []
    app.extensions["pagecache"].on_page_read = lambda path, environ: read.append(path)
    newsroom.live_story()
    held = client.get(STORY).headers["ETag"]
    client.get(f"{STORY}?utm_source=x")
    client.get(STORY, headers={"If-None-Match": held})
    assert read == [STORY] * 3
    client.head(STORY)
    client.get("/politics/nothing")
    client.get("/newsroom")
    assert read == [STORY] * 3


def test_many_readers_of_a_cold_page_have_it_made_once(
    newsroom: Newsroom, app: Flask, made: list[str]
) -> None:
    newsroom.live_story()
    answers: list[int] = []
    start = threading.Barrier(16)

    def read() -> None:
        client = app.test_client()
        start.wait()
        answers.append(client.get(STORY).status_code)

    readers = [threading.Thread(target=read) for _ in range(16)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert answers == [200] * 16
    assert made == [STORY]


def test_a_failing_page_fails_alone_and_is_not_kept(
    newsroom: Newsroom, client: FlaskClient, app: Flask
) -> None:
    """The old page may be wrong now. It must not hide a correction that cannot be shown."""
    newsroom.live_story()
    good = client.get(STORY)
    newsroom.live_story(slug="raises-the-edition")
    app.testing = False  # a fault is answered, as it is in earnest
    used = app.jinja_env.filters.pop("machine_time")
    assert client.get(STORY).status_code == 500
    assert client.get("/robots.txt").status_code == 200
    app.jinja_env.filters["machine_time"] = used
    assert client.get(STORY).data == good.data


def test_a_page_larger_than_the_memory_leaves_the_others_there(
    newsroom: Newsroom, client: FlaskClient, app: Flask, made: list[str]
) -> None:
    newsroom.live_story()
    newsroom.live_story(slug="large", text="word word word\n\n" * 9000)
    client.get(STORY)
    cache: PageCache = app.extensions["pagecache"]
    cache.memory.most_bytes = cache.memory.bytes
    assert client.get("/politics/large").status_code == 200
    client.get(STORY)
    assert made == [STORY, "/politics/large"]


def test_a_page_of_which_the_address_begins_like_the_newsroom_is_kept(
    newsroom: Newsroom, client: FlaskClient, made: list[str]
) -> None:
    with transaction():
        content = newsroom.content(slug="newsroom-standards", category_id=None, author_ids=())
        page = start(content, by=newsroom.person("amina"), kind=ArticleKind.PAGE)
    with transaction():
        publish_draft(page, version=page.draft.version, by=newsroom.person("amina"))
    for _ in range(3):
        answer = client.get("/newsroom-standards", headers={"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"
    assert made == ["/newsroom-standards"]


def test_the_time_of_an_answer_is_not_that_of_its_making(
    newsroom: Newsroom, client: FlaskClient
) -> None:
    """The server sends this header itself, for each response.

    A cache in front would think the page is old.
    """
    newsroom.live_story()
    held = client.get(STORY)
    assert "Date" not in held.headers
    again = client.get(STORY, headers={"If-None-Match": held.headers["ETag"]})
    assert "Date" not in again.headers


def test_numbers_of_pages_that_are_not_there_fill_nothing(
    newsroom: Newsroom, client: FlaskClient, app: Flask, settings: dict[str, str]
) -> None:
    gone, moved = newsroom.live_story(slug="gone"), newsroom.live_story(slug="moved")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    newsroom.republish(moved, headline="By a foot", slug="elsewhere")
    client.get("/politics/gone")
    client.get("/politics/moved")
    cache: PageCache = app.extensions["pagecache"]
    cache.wait_until_idle()
    before = cache.memory.bytes, on_disk(settings)
    for number in range(20):
        assert client.get(f"/politics/gone?page=x{number}").status_code == 410
        assert client.get(f"/politics/moved?page={number}").status_code == 301
    cache.wait_until_idle()
    assert (cache.memory.bytes, on_disk(settings)) == before


def on_disk(settings: dict[str, str]) -> int:
    """How many pages are on the disk."""
    return sum(1 for each in Path(settings["STET_INSTANCE"], "pages").glob("*/*") if each.is_file())
