"""What is not kept by the page cache is compressed on its way: files, drawings, what a search finds."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import assets
from tests.support.cast import Newsroom

FOUND = "/search?q=river"
STYLE = assets.url_of("newsroom.css")
FONT = assets.url_of("stet-sans-latin.woff2")


def fetch(client: FlaskClient, path: str, headers: dict[str, str]) -> TestResponse:
    """The answer, and its file closed."""
    answer = client.get(path, headers=headers, buffered=True)
    assert answer.status_code in (200, 206), path
    return answer


@pytest.mark.parametrize("path", [FOUND, STYLE, "/static/icon.svg"])
def test_text_is_sent_smaller_and_says_the_same(
    path: str, newsroom: Newsroom, client: FlaskClient
) -> None:
    newsroom.live_story()
    plain = client.get(path)
    small = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data)
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == plain.data
    for answer in (plain, small, zipped):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Length"] == str(len(answer.data))
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert small.headers[name] == plain.headers[name]
    assert len({plain.headers["ETag"], small.headers["ETag"], zipped.headers["ETag"]}) == 3


@pytest.mark.parametrize("path", [FOUND, STYLE, FONT])
def test_head_has_the_headers_of_get(path: str, client: FlaskClient) -> None:
    for accepted in ("", "br"):
        asked = {"Accept-Encoding": accepted}
        whole, head = fetch(client, path, asked), client.head(path, headers=asked, buffered=True)
        assert head.data == b""
        assert {**head.headers, "Date": ""} == {**whole.headers, "Date": ""}


@pytest.mark.parametrize("path", [FOUND, STYLE])
def test_who_holds_it_is_told_so(path: str, client: FlaskClient) -> None:
    for accepted in ("", "br", "zstd"):
        asked = {"Accept-Encoding": accepted}
        tag = client.get(path, headers=asked).headers["ETag"]
        again = client.get(path, headers={**asked, "If-None-Match": tag})
        assert again.status_code == 304
        assert again.data == b""
        assert again.headers["ETag"] == tag


def test_fonts_go_out_as_they_are_and_in_parts(client: FlaskClient) -> None:
    font = fetch(client, FONT, {"Accept-Encoding": "br"})
    assert "Content-Encoding" not in font.headers
    part = fetch(client, FONT, {"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert part.status_code == 206
    assert part.data == font.data[:10]
    head = client.head(FONT, headers={"Range": "bytes=0-9"}, buffered=True)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(font.data)))


@pytest.mark.parametrize("path", [FOUND, STYLE, "/static/icon.svg"])
def test_a_text_has_one_tag_whatever_is_asked(path: str, client: FlaskClient) -> None:
    whole = client.get(path)
    changed = whole.headers.get("Last-Modified", "Wed, 25 Nov 2026 23:25:31 GMT")
    for name, value, status in (
        ("If-Match", '"x"', 200),
        ("If-Match", whole.headers["ETag"], 200),
        ("Range", "bytes=0-9", 200),
        ("Range", "bytes=999999-", 200),
        ("If-None-Match", "*", 304),
        ("If-Modified-Since", changed, 304 if path != FOUND else 200),
        ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 200),
    ):
        answer = client.get(path, headers={name: value})
        assert answer.status_code == status, (name, value)
        assert answer.headers["ETag"] == whole.headers["ETag"], (name, value)
        assert answer.headers["Vary"] == "Accept-Encoding", (name, value)
        assert "Accept-Ranges" not in answer.headers


def test_the_newsroom_is_never_compressed(newsroom: Newsroom) -> None:
    """Its pages have tokens, and the compressed length would reveal them letter by letter (BREACH)."""
    answer = newsroom.visitor("amina").get(
        "/newsroom/articles", headers={"Accept-Encoding": "gzip, br"}
    )
    assert answer.status_code == 200
    assert b"csrf_token" in answer.data
    assert "Content-Encoding" not in answer.headers
