"""Public responses: no cookie, a policy that allows only the inlined style, and short error responses."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from app.core.db import transaction
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom, Visitor

PAGES = ("/", "/politics", "/politics/river-rises", "/authors/brian-wellbrock", "/topics/rivers")
STYLE = re.compile(r"<style>(.*?)</style>", re.S)


@pytest.fixture
def reader(newsroom: Newsroom) -> Visitor:
    """A reader of a paper with a live and a withdrawn story."""
    newsroom.live_story(topic_ids=(newsroom.topic,))
    gone = newsroom.live_story(slug="gone")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    return newsroom.visitor()


def test_no_page_sets_or_reads_a_cookie(reader: Visitor) -> None:
    for path in (*PAGES, "/nothing", "/politics/gone", "/Politics/"):
        plain = reader.get(path)
        with_cookie = reader.get(path, headers={"Cookie": "stet=x; session=y; remember_token=z"})
        assert plain.data == with_cookie.data, path
        for answer in (plain, with_cookie):
            assert "Set-Cookie" not in answer.headers, path
            assert "cookie" not in answer.headers.get("Vary", "").lower(), path


def test_somebody_signed_in_reads_the_same_bytes(newsroom: Newsroom, reader: Visitor) -> None:
    amina = newsroom.visitor("amina")
    for path in PAGES:
        assert amina.get(path).data == reader.get(path).data, path


def test_the_policy_lets_in_the_inlined_style_and_nothing_else_inline(reader: Visitor) -> None:
    for path in (*PAGES, "/nothing", "/politics/gone"):
        answer = reader.get(path)
        (style,) = STYLE.findall(answer.text)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policy = answer.headers["Content-Security-Policy"]
        assert f"'sha256-{digest}'" in policy, path
        assert "unsafe" not in policy, path
        assert not re.search(r"\s(?:style|on\w+)=", STYLE.sub("", answer.text)), path


def test_every_answer_carries_the_security_headers(reader: Visitor) -> None:
    for path in (*PAGES, "/nothing", "/politics/gone", "/Politics/"):
        headers = reader.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path


def test_a_browser_that_has_the_page_is_told_so(reader: Visitor) -> None:
    for path in PAGES:
        first = reader.get(path)
        assert first.headers["Cache-Control"] == (
            # Without `must-revalidate` Chromium would show the old page while it asks for the new one.
            "public, max-age=0, must-revalidate, s-maxage=2, "
            "stale-while-revalidate=2, stale-if-error=86400"
        )
        assert first.headers["CDN-Cache-Control"] == (
            "public, max-age=2, stale-while-revalidate=2, stale-if-error=86400"
        )
        again = reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
        assert again.headers["X-Content-Type-Options"] == "nosniff"
        assert reader.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_page_that_changed_is_sent_whole(newsroom: Newsroom, reader: Visitor) -> None:
    tag = reader.get("/politics").headers["ETag"]
    newsroom.live_story(slug="another")
    assert reader.get("/politics", headers={"If-None-Match": tag}).status_code == 200


def test_what_was_missing_is_there_as_soon_as_it_is_published(
    newsroom: Newsroom, reader: Visitor
) -> None:
    before = reader.get("/politics/later")
    assert before.status_code == 404
    assert "max-age=0" in before.headers["Cache-Control"]
    newsroom.live_story(slug="later")
    again = reader.get("/politics/later", headers={"If-None-Match": before.headers.get("ETag", "")})
    assert again.status_code == 200


def test_fonts_and_built_files_may_be_kept_for_good(reader: Visitor) -> None:
    page = reader.get("/politics/river-rises").text
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        answer = reader.get(path, buffered=True)
        assert answer.status_code == 200, path
        assert "max-age=31536000" in answer.headers["Cache-Control"], path
