"""Pictures of live stories are served with their type and kept for ever, and no other file is served."""

from pathlib import Path

import pytest

from app.accounts.actors import Operator
from app.core.db import transaction
from app.media.actions import PictureTexts, store_placeholder
from app.media.models import Picture
from app.media.storage import folder
from tests.support.cast import Newsroom

WORDS = PictureTexts("A caption", "A credit", "A drawing of hills")
NO_KEYS = (
    "../stet.db",
    "..%2fstet.db",
    "%2e%2e/stet.db",
    ".part-abc",
    "secrets",
    "a.svg",
    "A" * 32 + ".svg",
    "0" * 32 + ".exe",
    "0" * 32 + ".svg%00.jpg",
    "0" * 32 + ".svg/",
    "%00",
)


@pytest.fixture
def picture(newsroom: Newsroom, instance: Path) -> Picture:
    """A stored placeholder, which a live story shows."""
    with transaction():
        found = store_placeholder("hills", WORDS, instance, by=Operator())
    newsroom.live_story(
        slug="hills", lead_picture_id=found.id, lead_credit="A. Painter", lead_alt="Hills"
    )
    return found


def test_a_picture_is_served_sandboxed_and_for_good(newsroom: Newsroom, picture: Picture) -> None:
    answer = newsroom.visitor().get(picture.url, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["CDN-Cache-Control"] == "public, max-age=600"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_a_picture_that_a_browser_has_is_not_sent_again(
    newsroom: Newsroom, picture: Picture
) -> None:
    visitor = newsroom.visitor()
    tag = visitor.get(picture.url, buffered=True).headers["ETag"]
    again = visitor.get(picture.url, buffered=True, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    part = visitor.get(picture.url, buffered=True, headers={"Range": "bytes=0-3"})
    # A drawing is text and goes out compressed: a part of that is of no use to anybody.
    assert (part.status_code, part.data[:4]) == (200, b"<svg")


def test_nothing_else_is_served(newsroom: Newsroom, picture: Picture, instance: Path) -> None:
    original = f"{'0' * 32}.jpg"  # for the newsroom alone, with what the camera wrote into it
    for name in (".part-abc", "secrets", "a.svg", original):
        (folder(instance) / name).write_text("<svg>")
    for key in (*NO_KEYS, original):
        assert newsroom.visitor().get(f"/media/{key}").status_code == 404, key


def test_stories_and_lists_show_their_picture(newsroom: Newsroom, picture: Picture) -> None:
    newsroom.live_story(
        lead_picture_id=picture.id,
        lead_caption="Hills in the evening",
        lead_credit="A. Painter",
        lead_alt="Four hills, one behind the other",
    )
    visitor = newsroom.visitor()
    page = visitor.get("/politics/river-rises").text
    assert f'src="{picture.url}" width="1600" height="900"' in page
    assert 'alt="Four hills, one behind the other"' in page
    assert "<span>Hills in the evening</span>" in page
    assert '<span class="credit">A. Painter</span>' in page
    for path in ("/", "/politics"):
        assert f'src="{picture.url}" width="1600" height="900"' in visitor.get(path).text, path
