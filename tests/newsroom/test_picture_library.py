"""The picture library: a picture is sent, described, credited, found and used; nothing sent can harm it."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import db
from app.media.models import Picture
from app.media.storage import folder
from app.transfer.checking import findings
from tests.media.photographs import encoded, photograph
from tests.support.cast import Newsroom, Visitor

LIBRARY = "/newsroom/pictures"
MULTIPART = "multipart/form-data; boundary=END"
PHOTOGRAPH = encoded(photograph((1300, 900)))


def send(visitor: Visitor, *files: tuple[bytes, str]) -> tuple[int, str]:
    """Status of the answer to a form with these files, and where it leads or what it shows."""
    visitor.get(LIBRARY)
    body = field("csrf_token", visitor.token.encode())
    body += b"".join(field(f'files"; filename="{name}', data) for data, name in files)
    answer = visitor.client.post(LIBRARY, data=body + b"--END--\r\n", content_type=MULTIPART)
    return answer.status_code, answer.headers.get("Location") or answer.text


def field(name: str, data: bytes) -> bytes:
    """One field of a form, as browsers send it (RFC 7578)."""
    escaped = name.replace("\\", "\\\\")
    head = f'--END\r\nContent-Disposition: form-data; name="{escaped}"\r\n\r\n'
    return head.encode() + data + b"\r\n"


def newest() -> Picture:
    db.session.rollback()
    db.session.expire_all()
    found = db.session.scalar(select(Picture).order_by(Picture.id.desc()))
    assert found is not None
    return found


def leading(picture: Picture) -> dict[str, Any]:
    """The fields of a story with this lead picture."""
    return {"lead_picture_id": picture.id, "lead_alt": "A bridge", "lead_credit": "Lena Vogt"}


def count() -> int:
    return db.session.execute(select(func.count(Picture.id))).scalar_one()


def with_texts() -> bytes:
    """A photograph with texts in EXIF, and the place in degrees."""
    exif = Image.Exif()
    exif[0x010E] = "The bridge at dusk"
    exif[0x013B] = "Lena Vogt"
    exif[0x8298] = "© Lena Vogt".encode()  # as cameras write it
    exif.get_ifd(0x8769)[0x9003] = "2026:05:01 22:10:00"
    exif.get_ifd(0x8825)[1] = "N"
    return encoded(photograph((1300, 900)), exif=exif)


def test_a_picture_that_is_sent_is_in_the_library_and_its_sizes_are_made_later(
    newsroom: Newsroom, app: Flask
) -> None:
    visitor = newsroom.visitor("amina")
    status, place = send(visitor, (with_texts(), "bridge.jpg"))
    picture = newest()
    assert (status, place) == (303, f"{LIBRARY}/{picture.id}")
    assert picture.is_being_made
    assert (picture.caption, picture.byline) == ("The bridge at dusk", "Lena Vogt")
    assert (picture.rights, picture.file_name) == ("© Lena Vogt", "bridge.jpg")
    assert picture.taken_on == date(2026, 5, 1)
    assert picture.added_by_id == newsroom.person("amina").id
    assert visitor.get(f"{LIBRARY}/{picture.id}/thumbnail").status_code == 404
    app.extensions["jobs"].run_due()
    assert not newest().is_being_made
    shown = visitor.get(f"{LIBRARY}/{picture.id}/thumbnail", buffered=True)
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert shown.headers["Cache-Control"] == "no-store, private"
    assert f"{LIBRARY}/{picture.id}/thumbnail" in visitor.get(LIBRARY).text


def test_the_same_file_is_one_picture(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (PHOTOGRAPH, "one.jpg"))
    first = newest().id
    assert send(visitor, (PHOTOGRAPH, "two.jpg")) == (303, f"{LIBRARY}/{first}")
    assert count() == 1


def test_a_file_of_somebody_else_is_a_contributors_own_picture(
    newsroom: Newsroom, app: Flask, instance: Path
) -> None:
    amina, brian = newsroom.visitor("amina"), newsroom.visitor("brian")
    send(amina, (PHOTOGRAPH, "one.jpg"))
    first = newest().id
    amina.post(f"{LIBRARY}/{first}", {"caption": "The minister leaves", "alt": "A minister"})
    status, page = send(brian, (PHOTOGRAPH, "two.jpg"))
    assert (status, page) == (303, f"{LIBRARY}/{newest().id}")
    shown = brian.get(page)
    assert shown.status_code == 200
    assert "minister" not in shown.text
    assert send(brian, (PHOTOGRAPH, "again.jpg")) == (303, page)
    assert send(amina, (PHOTOGRAPH, "again.jpg")) == (303, f"{LIBRARY}/{first}")
    app.extensions["jobs"].run_due()
    assert brian.get(f"{page}/whole", buffered=True).status_code == 200
    assert brian.post(page, {"caption": "Mine"}).status_code == 303
    assert "The minister leaves" in amina.get(f"{LIBRARY}/{first}").text
    assert count() == 2
    assert list(findings(instance)) == []


def test_the_short_name_of_a_contributors_picture_tells_nothing_of_others(
    newsroom: Newsroom,
) -> None:
    brian = newsroom.visitor("brian")
    send(brian, (PHOTOGRAPH, "ministers-exit.jpg"))
    before = newest().short_name
    send(newsroom.visitor("amina"), (encoded(photograph((700, 500))), "ministers-exit.jpg"))
    assert newest().short_name == "ministers-exit"
    send(brian, (encoded(photograph((640, 480))), "ministers-exit.jpg"))
    for name in (before, newest().short_name):
        assert re.fullmatch("ministers-exit-[0-9a-f]{8}", name)


def test_several_are_sent_at_once_and_what_is_no_picture_is_named(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("amina")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    other = encoded(photograph((640, 480)))
    status, page = send(visitor, (PHOTOGRAPH, "one.jpg"), (drawing, "logo.svg"), (other, "b.jpg"))
    assert status == 422
    assert "2 pictures are in the library." in page
    assert "logo.svg: SVG drawings are not taken" in page
    assert count() == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_script_is_told_of_each_file(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("brian")
    visitor.get(LIBRARY)

    def sent(*files: tuple[bytes, str]) -> tuple[int, dict[str, Any] | None]:
        form = {
            "csrf_token": visitor.token,
            "files": [(BytesIO(data), name) for data, name in files],
        }
        answer = visitor.client.post(
            f"{LIBRARY}/files", data=form, headers={"Accept": "application/json"}
        )
        return answer.status_code, answer.json

    status, said = sent((PHOTOGRAPH, "bridge.jpg"))
    number = newest().id
    assert (status, said) == (201, {"id": number, "address": f"{LIBRARY}/{number}"})
    for files in ((b"%PDF-1.7", "a.pdf"),), (), ((PHOTOGRAPH, "a.jpg"), (PHOTOGRAPH, "b.jpg")):
        status, said = sent(*files)
        assert status == 422
        assert said is not None
        assert said["error"], files
    assert count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\photos\\dusk.jpg", "dusk.jpg"),
        ("\u202egpj.egdirb", "\u202egpj.egdirb"),
        ("мост 🌉.jpg", "мост 🌉.jpg"),
        ("x" * 4000, "x" * 200),
        ("a\0b\x07.jpg", "ab.jpg"),
    ],
)
def test_a_file_may_have_any_name(newsroom: Newsroom, name: str, kept: str) -> None:
    assert send(newsroom.visitor("amina"), (PHOTOGRAPH, name))[0] == 303
    assert newest().file_name == kept


def test_what_cannot_be_opened_is_refused_and_leaves_nothing(
    newsroom: Newsroom, instance: Path
) -> None:
    visitor = newsroom.visitor("amina")
    for data in (b"", b"GIF89a", b"\xff\xd8\xff\xe0" + b"x" * 50, b"%PDF-1.7"):
        status, _page = send(visitor, (data, "photo.jpg"))
        assert status == 422, data
    assert count() == 0
    assert not folder(instance).exists() or not any(folder(instance).iterdir())


def test_a_damaged_picture_says_so_and_no_story_is_published_with_it(
    newsroom: Newsroom, app: Flask
) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (PHOTOGRAPH[:30_000], "cut.jpg"))
    picture = newest()
    app.extensions["jobs"].run_due()
    assert "not a picture" in newest().problem
    assert "Add another copy of it." in visitor.get(f"{LIBRARY}/{picture.id}").text
    article = newsroom.story(**leading(picture))
    page = visitor.get(f"/newsroom/articles/{article.id}/publication").text
    assert f"Picture {picture.short_name} cannot be shown" in page


def test_a_story_waits_for_the_sizes_of_its_picture(newsroom: Newsroom, app: Flask) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (PHOTOGRAPH, "bridge.jpg"))
    picture = newest()
    article = newsroom.story(**leading(picture))
    address = f"/newsroom/articles/{article.id}/publication"
    assert "is still being prepared" in visitor.get(address).text
    app.extensions["jobs"].run_due()
    assert "is still being prepared" not in visitor.get(address).text


def test_a_picture_is_described_and_found_by_its_words(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (PHOTOGRAPH, "bridge.jpg"))
    picture = newest()
    page = f"{LIBRARY}/{picture.id}"
    assert "Needs a credit" in visitor.get(f"{LIBRARY}?show=without-credit").text
    known = {"alt": "A bridge", "caption": "Dusk", "credit": "Lena Vogt", "place": "Moscow"}
    answer = visitor.post(page, known)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    found = newest()
    assert (found.alt, found.credit, found.place) == ("A bridge", "Lena Vogt", "Moscow")
    assert "No picture fits." in visitor.get(f"{LIBRARY}?show=without-credit").text
    for words in ("dusk", "LENA", "moscow bridge"):
        assert f'href="{page}"' in visitor.get(f"{LIBRARY}?words={words}").text
    assert "No picture fits." in visitor.get(f"{LIBRARY}?words=river").text
    acts = db.session.scalars(
        select(AuditEntry.act).where(AuditEntry.subject_kind == "picture").order_by(AuditEntry.id)
    )
    assert list(acts) == ["store", "describe"]


def test_a_picture_says_on_which_day_it_was_taken(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (PHOTOGRAPH, "bridge.jpg"))
    page = f"{LIBRARY}/{newest().id}"
    assert newest().taken_on is None
    assert visitor.post(page, {"taken_on": "1999-12-31"}).status_code == 303
    assert newest().taken_on == date(1999, 12, 31)
    assert 'value="1999-12-31"' in visitor.get(page).text
    for wrong in ("31.12.1999", "99999-01-01", "2026-02-30"):
        refused = visitor.post(page, {"taken_on": wrong})
        assert (refused.status_code, "Not a valid date" in refused.text) == (422, True)
    assert newest().taken_on == date(1999, 12, 31)


def test_for_a_contributor_pictures_of_others_do_not_exist(newsroom: Newsroom, app: Flask) -> None:
    send(newsroom.visitor("amina"), (PHOTOGRAPH, "bridge.jpg"))
    app.extensions["jobs"].run_due()
    page = f"{LIBRARY}/{newest().id}"
    brian = newsroom.visitor("brian")
    for path in (page, f"{page}/thumbnail", f"{page}/whole"):
        assert brian.get(path).status_code == 404
    assert brian.post(page, {"alt": "Mine now"}).status_code == 404
    assert newest().alt == ""
    assert "No pictures yet." in brian.get(LIBRARY).text
    send(brian, (encoded(photograph((640, 480))), "own.jpg"))
    own = newest()
    assert brian.post(f"{LIBRARY}/{own.id}", {"alt": "A river"}).status_code == 303
    assert newest().alt == "A river"
    choice = brian.get("/newsroom/picture-choice?for=lead").text
    assert f'name="picture" value="{own.id}"' in choice
    assert "own.jpg" in choice
    assert "bridge.jpg" not in choice


def test_a_picture_says_where_it_is_used(newsroom: Newsroom, app: Flask) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (PHOTOGRAPH, "bridge.jpg"))
    app.extensions["jobs"].run_due()
    page = f"{LIBRARY}/{newest().id}"
    assert "Nothing uses it." in visitor.get(page).text
    newsroom.live_story(headline="Bridge opens", slug="bridge-opens", **leading(newest()))
    newsroom.story("amina", headline="Secret plan", slug="secret-plan", **leading(newest()))
    shown = visitor.get(page).text
    assert "Bridge opens" in shown
    assert "Secret plan" in shown


def test_more_than_can_be_taken_is_refused_unread(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("amina")
    status, page = send(visitor, (b"\xff\xd8" + b"x" * 43 * 1024 * 1024, "large.jpg"))
    assert status == 413
    assert "too large together" in page
    status, page = send(visitor, (b"\xff\xd8" + b"x" * 21 * 1024 * 1024, "large.jpg"))
    assert status == 422
    assert "the limit is 20 MB" in page


def test_strangers_send_no_files(newsroom: Newsroom) -> None:
    stranger = newsroom.visitor()
    form = {"files": [(BytesIO(PHOTOGRAPH), "one.jpg")]}
    answer = stranger.client.post(LIBRARY, data=form, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert count() == 0
