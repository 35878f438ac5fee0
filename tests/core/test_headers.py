"""Security headers on every answer, whatever its status, and no cookie outside the newsroom."""

from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from app.core import assets
from app.core.db import transaction
from app.media.actions import PictureTexts, store_placeholder
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom, Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PUBLIC = {
    200: "/politics/river-rises",
    301: "/POLITICS/River-Rises",
    404: "/nothing",
    410: "/politics/gone",
}


def not_modified(visitor: Visitor) -> TestResponse:
    tag = visitor.get("/politics").headers["ETag"]
    return visitor.get("/politics", headers={"If-None-Match": tag})


ANSWERS: dict[int, Callable[[Visitor], TestResponse]] = {
    302: lambda visitor: visitor.get("/newsroom/articles"),
    304: not_modified,
    400: lambda visitor: visitor.get("/", headers={"Host": "a b"}),
    401: lambda visitor: visitor.post("/newsroom/articles", {"headline": "x"}),
    403: lambda visitor: visitor.post("/newsroom/session", {"csrf_token": "x"}),
    405: lambda visitor: visitor.client.put("/newsroom/sign-in"),
    413: lambda visitor: visitor.post("/newsroom/session", {"email": "x" * 17_000_000}),
}


@pytest.fixture
def visitor(newsroom: Newsroom, instance: Path) -> Visitor:
    """A reader of a paper with a live and a withdrawn story."""
    newsroom.live_story()
    gone = newsroom.live_story(slug="gone")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    visitor = newsroom.visitor()
    visitor.get("/newsroom/sign-in")
    return visitor


def assert_secure(answer: TestResponse) -> None:
    for name, value in EVERYWHERE.items():
        assert answer.headers.get(name) == value, (answer.status, name)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "Referrer-Policy" in answer.headers


def test_public_answers_of_every_status(visitor: Visitor) -> None:
    for status, path in PUBLIC.items():
        answer = visitor.get(path)
        assert answer.status_code == status
        assert_secure(answer)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_refusals_of_every_status(visitor: Visitor) -> None:
    for status, ask in ANSWERS.items():
        answer = ask(visitor)
        if status != 400:
            assert answer.status_code == status, answer.text[:200]
        assert_secure(answer)


def test_files_of_ours_and_of_the_newsroom(
    newsroom: Newsroom, visitor: Visitor, instance: Path
) -> None:
    with transaction():
        words = PictureTexts("", "Stet", "A drawing")
        picture = store_placeholder("x", words, instance, by=newsroom.person("dana"))
    newsroom.live_story(
        slug="shown", lead_picture_id=picture.id, lead_credit="Stet", lead_alt="A drawing"
    )
    for path in (assets.url_of("reader.css"), picture.url):
        answer = visitor.get(path, buffered=True)
        assert answer.status_code == 200
        assert_secure(answer)
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        tag = {"If-None-Match": answer.headers["ETag"]}
        again = visitor.get(path, headers=tag, buffered=True)
        assert again.status_code == 304
        assert_secure(again)


def test_a_fault_of_ours_is_a_page_without_a_traceback(newsroom: Newsroom) -> None:
    newsroom.story()
    amina = newsroom.visitor("amina")
    newsroom.app.testing = False  # which would hand the fault to us instead of answering
    with transaction() as session:
        session.connection().exec_driver_sql("UPDATE draft SET content = 'no document'")
    for path in ("/newsroom/articles/1", "/newsroom/articles/1/preview"):
        answer = amina.get(path)
        assert answer.status_code == 500
        assert_secure(answer)
        assert "Traceback" not in answer.text
        assert "no document" not in answer.text


def test_the_newsroom_is_never_stored(newsroom: Newsroom, visitor: Visitor) -> None:
    story = newsroom.story(slug="draft")
    amina = newsroom.visitor("amina")
    for path in (
        "/newsroom/sign-in",
        "/newsroom/articles",
        f"/newsroom/articles/{story.id}/preview",
        "/newsroom/x",
    ):
        answer = amina.get(path)
        assert_secure(answer)
        assert answer.headers["Cache-Control"] == "no-store, private", path
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_public_pages_know_no_cookie(visitor: Visitor, newsroom: Newsroom) -> None:
    newsroom.visitor("dana")
    signed_in = newsroom.visitor("dana").client.get_cookie("stet")
    assert signed_in is not None
    cookies = ("", "stet=x", f"stet={signed_in.value}", "remember_token=1|x", "=__Host-stet=x")
    for path in ("/", *PUBLIC.values(), assets.url_of("reader.css")):
        pages = set()
        for cookie in cookies:
            client = newsroom.app.test_client(use_cookies=False)
            headers = {"Cookie": cookie, "X-Preview": "1"}
            answer = client.get(path, headers=headers, buffered=True)
            assert "Set-Cookie" not in answer.headers, (path, cookie)
            assert "cookie" not in answer.headers.get("Vary", "").lower(), path
            pages.add(answer.data)
        assert len(pages) == 1, path
