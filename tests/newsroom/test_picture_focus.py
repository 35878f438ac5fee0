"""The point that crops keep in view: chosen in the library, cut into the files, and shown by every page."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app.media.focus import Focus
from app.media.models import Picture
from app.media.renditions import SQUARE, WIDE, Ratio
from app.media.storage import folder
from app.transfer.checking import findings
from tests.media.photographs import encoded
from tests.newsroom.test_picture_library import LIBRARY, leading, newest, send
from tests.support.cast import Newsroom

RED, BLUE = (220, 30, 30), (30, 30, 220)


@pytest.fixture
def picture(newsroom: Newsroom, app: Flask) -> Picture:
    """A picture whose left part is red, and the rest blue."""
    image = Image.new("RGB", (1500, 500), BLUE)
    image.paste(RED, (0, 0, 650, 500))
    send(newsroom.visitor("amina"), (encoded(image), "flag.jpg"))
    app.extensions["jobs"].run_due()
    return newest()


def middle_of(data: bytes) -> str:
    with Image.open(BytesIO(data)) as shown:
        red, _, blue = shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2))  # type: ignore[misc]  # Pillow: RGB has three
    return "red" if red > blue else "blue"


def cut(picture: Picture, ratio: Ratio, instance: Path) -> str:
    name = picture.stored.file(ratio).url.rpartition("/")[2]
    return middle_of((folder(instance) / name).read_bytes())


def test_crops_follow_and_readers_get_the_new_files(
    newsroom: Newsroom, picture: Picture, app: Flask, instance: Path
) -> None:
    newsroom.live_story(slug="flag", **leading(picture))
    amina, reader, page = newsroom.visitor("amina"), newsroom.visitor(), f"{LIBRARY}/{picture.id}"
    before = picture.stored
    assert cut(picture, SQUARE, instance) == "blue"
    assert "class=" not in re.findall("<img[^>]*>", reader.get("/politics").text)[0]
    assert amina.post(f"{page}/focus", {"x": "10", "y": "50"}).status_code == 303
    assert before.wide.url in reader.get("/politics").text  # until the new files are there
    assert amina.get(f"{page}/whole", buffered=True).status_code == 200
    app.extensions["jobs"].run_due()
    now = newest()
    assert (now.focus, now.wanted_at) == (Focus(10, 50), None)
    assert (cut(now, SQUARE, instance), cut(now, WIDE, instance)) == ("red", "red")
    for path in ("/politics", "/politics/flag"):
        assert now.stored.wide.url in reader.get(path).text, path
        assert before.wide.url not in reader.get(path).text, path
    assert 'class="x0"' in reader.get("/politics").text
    answer = reader.get(now.stored.wide.url, buffered=True)
    assert (answer.status_code, middle_of(answer.data)) == (200, "red")
    square = amina.get(f"{page}/square", buffered=True)
    assert middle_of(square.data) == "red"
    assert list(findings(instance)) == []


def test_only_editors_choose_it_and_only_percents_are_taken(
    newsroom: Newsroom, picture: Picture
) -> None:
    page = f"{LIBRARY}/{picture.id}"
    amina = newsroom.visitor("amina")
    assert 'name="x"' in amina.get(page).text
    for x, y in (("101", "5"), ("-1", "5"), ("5", ""), ("9" * 40, "5"), ("x", "5"), ("1.5", "5")):
        assert amina.post(f"{page}/focus", {"x": x, "y": y}).status_code == 422, x
    assert newsroom.visitor("brian").post(f"{page}/focus", {"x": "1", "y": "1"}).status_code == 403
    assert newest().focus == Focus(50, 50)
    assert newest().wanted_at is None
