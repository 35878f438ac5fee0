"""`stet seed --lead-image FILE`: a real photograph leads the newest story; anything else is refused."""

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.articles.models import Draft
from app.core.db import db
from app.media.models import Picture
from app.media.storage import folder as media
from tests.support.cast import article_at
from tests.support.contents import contents, differing
from tests.transfer.conftest import Load

SIZE = (320, 180)
PATH = "/politics/russian-afghan-defense-talks"


def photograph(path: Path, kind: str = "JPEG", colour: str = "navy", **options: object) -> Path:
    """A picture file as a camera or an editor might give it."""
    Image.new("RGB", SIZE, colour).save(path, kind, **options)
    return path


def turned(path: Path) -> Path:
    """In the file it is turned by 90 degrees, as its EXIF data say."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return photograph(path, exif=exif)


def leading(app: Flask) -> Picture:
    """The picture that leads the newest story's draft."""
    with app.app_context():
        query = select(Picture).join(Draft, Draft.lead_picture_id == Picture.id)
        query = query.where(Draft.article_id == article_at(PATH).id)
        return db.session.scalars(query).one()


@pytest.mark.parametrize(
    ("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_a_photograph_leads_the_story_and_is_kept_byte_for_byte(
    app: Flask, load: Load, tmp_path: Path, kind: str, media_type: str
) -> None:
    file = photograph(tmp_path / "photo", kind)
    load("--lead-image", file)
    picture = leading(app)
    assert (picture.media_type, picture.width, picture.height) == (media_type, *SIZE)
    instance = app.config["STET"].instance
    assert (media(instance) / picture.key).read_bytes() == file.read_bytes()
    page = app.test_client().get(PATH).text
    assert picture.stored.wide.url in page
    assert picture.stored.srcset()
    assert f'srcset="{picture.stored.srcset()}"' in page
    assert picture.url not in page
    assert "the photograph is not included" not in page


def test_a_photograph_on_its_side_is_measured_upright(
    app: Flask, load: Load, tmp_path: Path
) -> None:
    load("--lead-image", turned(tmp_path / "photo.jpg"))
    picture = leading(app)
    assert (picture.width, picture.height) == SIZE[::-1]


def times(page: str) -> list[str]:
    """The times that a page shows."""
    return re.findall(r"<time.*?</time>", page)


def test_a_photograph_takes_the_place_of_the_drawing_and_then_stays(
    app: Flask, load: Load, tmp_path: Path
) -> None:
    load()
    file = photograph(tmp_path / "photo.jpg")
    shown = app.test_client().get(PATH).text
    assert "1 updated from its file" in load("--lead-image", file)
    assert times(app.test_client().get(PATH).text) == times(shown)  # nothing more is told
    assert leading(app).media_type == "image/jpeg"
    with app.app_context():
        before = contents(db.engine)
        assert "15 unchanged" in load("--lead-image", file)
        assert "15 unchanged" in load()
        assert differing(before, contents(db.engine)) == []
    load("--lead-image", photograph(tmp_path / "other.jpg", colour="maroon"))
    assert leading(app).stored.wide.url in app.test_client().get(PATH).text


def truncated(path: Path) -> Path:
    whole = photograph(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def renamed_page(path: Path) -> Path:
    path.write_text("<script>alert(1)</script>")
    return path


def drawing(path: Path) -> Path:
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    return path


def empty(path: Path) -> Path:
    path.touch()
    return path


def bomb(path: Path) -> Path:
    """A PNG of some kilobytes that decodes to ten gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )
    return path


def scan(path: Path) -> Path:
    Image.new("P", SIZE).save(path, "TIFF")
    return path


def too_large(path: Path) -> Path:
    photograph(path)
    with path.open("ab") as file:
        file.truncate(21 * 1024 * 1024)
    return path


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("make", [truncated, renamed_page, drawing, empty, bomb, scan, too_large])
def test_a_file_that_is_no_picture_is_refused_in_one_line_and_loads_nothing(
    app: Flask, load: Load, instance: Path, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    with app.app_context():
        before = contents(db.engine)
        said = load("--lead-image", make(tmp_path / "photo.jpg"), exit_code=1)
        assert differing(before, contents(db.engine)) == []
    assert "photo.jpg: " in said
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert not media(instance).exists()
