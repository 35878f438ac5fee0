"""What the path of a request is, is decided once, in front of everything that reads it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, make_response
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from app.core import addresses
from app.core.assets import url_of
from app.core.pagecache import PageCache
from tests.support.cast import Newsroom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SIGN_IN = "/newsroom/sign-in"
FONT = url_of("stet-sans-latin.woff2")
ODD_SIGN_IN = (
    *("//newsroom/sign-in", "///newsroom/sign-in", "/newsroom//sign-in", "/./newsroom/sign-in"),
    *(
        "/newsroom/./sign-in",
        "/x/../newsroom/sign-in",
        "/newsroom/sign-in/",
        "//newsroom//sign-in/",
    ),
    *("/newsroom\\sign-in", "\\newsroom/sign-in", "/newsroom/sign-in?", "/newsroom/sign-in\0"),
    *("newsroom/sign-in", "", "*", "/newsroom/sign-in\xff", "/newsroom/sign-in/\xe2\x82"),
)


def asked(
    app: Flask, path: str, method: str = "GET", query: str = "", body: bytes = b""
) -> tuple[int, Headers, bytes, int]:
    """Status, headers, body and how much of `body` was read, with `path` exactly as a server hands it on."""
    environ = EnvironBuilder(path="/", method=method).get_environ()
    stream = BytesIO(body)
    environ |= {"PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": stream}
    environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    environ |= {"CONTENT_LENGTH": str(len(body))}
    chunks, status, headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    return int(status[:3]), headers, b"".join(chunks), stream.tell()


def kept(app: Flask) -> list[str]:
    """The keys of the pages in memory, and the files of pages on disk."""
    cache: PageCache = app.extensions["pagecache"]
    cache.wait_until_idle()
    pages = Path(app.instance_path, "pages").glob("*/*")
    return [*cache.memory.pages, *(str(each) for each in pages if each.is_file())]


def test_no_spelling_brings_the_sign_in_page_into_the_shared_cache(
    newsroom: Newsroom, app: Flask
) -> None:
    for path in ODD_SIGN_IN:
        for _ in range(2):
            status, headers, body, _ = asked(app, path)
            assert status in (301, 404), path
            assert "Set-Cookie" not in headers, path
            assert b"csrf_token" not in body, path
            if status == 301:
                assert headers["Location"] == SIGN_IN, path
    status, headers, _, _ = asked(app, SIGN_IN)
    assert status == 200
    assert "Set-Cookie" in headers
    assert kept(app) == []


def test_a_one_time_link_is_never_written_down(newsroom: Newsroom, app: Flask) -> None:
    token = newsroom.link_for("amina")
    for path in (f"//newsroom/sign-in/{token}", f"/newsroom//sign-in/{token}"):
        status, headers, _, _ = asked(app, path)
        assert (status, headers["Location"]) == (301, f"/newsroom/sign-in/{token}")
    assert asked(app, f"/newsroom/sign-in/{token}")[0] == 200
    assert kept(app) == []


def test_spellings_of_a_file_fill_no_memory(newsroom: Newsroom, app: Flask) -> None:
    for number in range(1, 30):
        for path in ("/" * number + FONT, FONT.replace("/build", "/" * number + "/build")):
            status, headers, _, _ = asked(app, path)
            assert (status, headers["Location"]) == (301, FONT), path
        assert asked(app, FONT.replace("/build", "/." * number + "/build"))[0] == 404
    assert kept(app) == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_what_is_read_is_led_to_the_right_spelling(
    newsroom: Newsroom, app: Flask, method: str
) -> None:
    for path in ("//newsroom/session", "/newsroom//session", "/newsroom/../newsroom/session"):
        status, _, _, read = asked(app, path, method, body=b"email=a")
        assert (status, read) == (404, 0), path


def test_an_encoded_question_mark_is_no_query(newsroom: Newsroom, app: Flask) -> None:
    for number in range(12):
        newsroom.live_story(slug=f"river-{number}")
    assert asked(app, "/politics", query="page=1")[0] == 200
    assert asked(app, "/politics?page=1")[0] == 404
    assert asked(app, "/politics?page=2")[0] == 404
    assert asked(app, "/?page=1")[0] == 404
    assert kept(app)[0] == "/politics?page=1"


def test_a_path_that_no_page_can_have_is_missing_like_any_other(
    newsroom: Newsroom, app: Flask
) -> None:
    missing = asked(app, "/nothing")[2]
    odd = (
        *("/a\0b", "/a\x1fb", "/a\x7fb", "/a\\b", "/a#b", "/%61", "/..", "/a/.."),
        "/" + "a" * 4096,
    )
    for path in (*odd, "/\xff", "/\xc3", "*", "politics"):
        status, headers, body, _ = asked(app, path)
        assert (status, body) == (404, missing), path
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_numbers_of_pages_have_one_spelling_in_the_cache(newsroom: Newsroom, app: Flask) -> None:
    newsroom.live_story()
    for query in (
        "page=1",
        "page=01",
        "page=%31",
        "page=1&page=1",
        "x=y&page=1",
        "page=1&z=" + "z" * 999,
    ):
        asked(app, "/politics", query=query)
    assert [key for key in kept(app) if key.startswith("/politics")] == ["/politics?page=1"]


def test_only_the_readers_pages_may_be_kept(newsroom: Newsroom, app: Flask) -> None:
    declared = addresses.addresses_of(app)
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    refused = ("/newsroom", "/static", "/media", "/oembed")
    kept_paths = {path for path in paths if declared.is_cached(path)}
    assert not [path for path in kept_paths if path.startswith(refused)]
    assert {"/", "/<category>/<slug>", "/feeds/<file>", "/search", "/robots.txt"} <= kept_paths


@pytest.fixture
def stall(settings: dict[str, str]) -> Flask:
    """The application with routes of a part that somebody has added."""
    app = create_app(settings)
    app.testing = True
    declared, undeclared = Blueprint("declared", __name__), Blueprint("undeclared", __name__)
    addresses.cached(declared)
    answers: dict[str, Callable[[Response], None]] = {
        "plain": lambda _: None,
        "cookie": lambda answer: answer.set_cookie("name", "value"),
        "private": lambda answer: answer.headers.set("Cache-Control", "max-age=60, Private"),
        "unstored": lambda answer: answer.headers.set("Cache-Control", "No-Store,max-age=0"),
    }
    for bp in (declared, undeclared):
        for name, change in answers.items():

            def view(change: Callable[[Response], None] = change) -> Response:
                answer = make_response("words")
                change(answer)
                return answer

            bp.get(f"/{bp.name}/{name}", endpoint=name)(view)
        app.register_blueprint(bp)
    return app


def test_the_cache_keeps_what_says_so_and_nothing_personal(
    newsroom: Newsroom, stall: Flask
) -> None:
    for part in ("declared", "undeclared"):
        for name in ("plain", "cookie", "private", "unstored"):
            for _ in range(2):
                assert asked(stall, f"/{part}/{name}")[:3:2] == (200, b"words")
    stall.extensions["pagecache"].wait_until_idle()
    assert list(stall.extensions["pagecache"].memory.pages) == ["/declared/plain"]
