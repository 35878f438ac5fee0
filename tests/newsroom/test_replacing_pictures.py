"""The file of a picture is replaced: every page that shows it follows, and the former file is gone."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db
from app.media.models import Picture
from app.media.renditions import WHOLE
from app.media.storage import folder
from app.transfer.checking import findings
from tests.media.photographs import encoded, photograph
from tests.newsroom.test_picture_library import (
    LIBRARY,
    MULTIPART,
    PHOTOGRAPH,
    field,
    leading,
    newest,
    send,
)
from tests.support.cast import Newsroom

OTHER = encoded(photograph((700, 900)))


def replace(newsroom: Newsroom, key: str, picture_id: int, data: bytes) -> tuple[int, str]:
    """Status of the answer to a form with another file, and what it shows."""
    visitor = newsroom.visitor(key)
    visitor.get(LIBRARY)
    body = field("csrf_token", visitor.token.encode()) + field('file"; filename="new.jpg', data)
    answer = visitor.client.post(
        f"{LIBRARY}/{picture_id}/file", data=body + b"--END--\r\n", content_type=MULTIPART
    )
    return answer.status_code, answer.text


@pytest.fixture
def picture(newsroom: Newsroom, app: Flask) -> Picture:
    """A described picture of Amina's, with its sizes."""
    amina = newsroom.visitor("amina")
    send(amina, (PHOTOGRAPH, "bridge.jpg"))
    app.extensions["jobs"].run_due()
    amina.post(f"{LIBRARY}/{newest().id}", {"alt": "A bridge", "credit": "Lena Vogt"})
    return newest()


def test_every_page_that_shows_it_follows(
    newsroom: Newsroom, picture: Picture, app: Flask, instance: Path
) -> None:
    text = f"::: figure {picture.id}\nalt: A\ncredit: B\nC\n:::\n"
    newsroom.live_story(slug="inside", text=text)
    newsroom.live_story(slug="leading", **leading(picture))
    former, reader = picture.stored, newsroom.visitor()
    held = {file.name for file in folder(instance).iterdir()}
    assert former.wide.url in reader.get("/politics").text
    assert former.srcset(WHOLE) in reader.get("/politics/inside").text
    assert replace(newsroom, "amina", picture.id, OTHER)[0] == 303
    now = newest()
    assert (now.id, now.alt, now.credit) == (picture.id, "A bridge", "Lena Vogt")
    assert (now.width, now.height, now.file_name) == (700, 900, "new.jpg")
    assert now.stored.srcset(WHOLE) in reader.get("/politics/inside").text
    for path in ("/politics/leading", "/politics"):
        assert now.stored.wide.url in reader.get(path).text, path
        assert former.wide.url not in reader.get(path).text, path
    assert reader.get(now.stored.whole.url, buffered=True).status_code == 200
    assert reader.get(former.whole.url).status_code == 410
    app.extensions["jobs"].run_due()
    assert held.isdisjoint(file.name for file in folder(instance).iterdir())
    assert list(findings(instance)) == []
    acts = db.session.scalars(select(AuditEntry.note).where(AuditEntry.act == "replace"))
    assert list(acts) == ["bridge.jpg → new.jpg"]
    page = newsroom.visitor("amina").get(f"{LIBRARY}/{picture.id}").text
    assert "Look whether the description, caption and credit still fit" in page


def test_what_cannot_take_its_place_changes_nothing(newsroom: Newsroom, picture: Picture) -> None:
    send(newsroom.visitor("amina"), (OTHER, "other.jpg"))
    other = newest().short_name
    for data, sentence in (
        (b"%PDF-1.7", "not a picture"),
        (PHOTOGRAPH[:20_000], "not a picture"),
        (b"", "not a picture"),
        (PHOTOGRAPH, "has this file already"),
        (OTHER, f"Picture {other} in the library has this file"),
    ):
        status, page = replace(newsroom, "amina", picture.id, data)
        assert status in (409, 422), sentence
        assert sentence in page
        assert 'value="Lena Vogt"' in page
    assert replace(newsroom, "brian", picture.id, OTHER)[0] == 403
    db.session.rollback()
    assert db.session.get_one(Picture, picture.id).file_name == "bridge.jpg"
