"""The icons at the addresses that programs request without reading a page."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from app.readership.counter import Counter
from tests.reader.counting import statements
from tests.support.cast import Newsroom

ICONS = [
    ("/favicon.ico", "image/vnd.microsoft.icon", "ICO", 32),
    ("/apple-touch-icon.png", "image/png", "PNG", 180),
]


@pytest.mark.parametrize(("path", "kind", "form", "side"), ICONS)
def test_icons_are_pictures_of_the_right_size(
    app: Flask, path: str, kind: str, form: str, side: int
) -> None:
    client = app.test_client()
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in answer.headers
    with Image.open(BytesIO(answer.data)) as drawn:
        assert (drawn.format, drawn.size) == (form, (side, side))
    held = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=held).status_code == 304


@pytest.mark.parametrize("path", [each[0] for each in ICONS])
def test_icons_ask_the_database_nothing_and_are_no_reading(app: Flask, path: str) -> None:
    counter: Counter = app.extensions["readings"]
    with statements(app) as seen:
        app.test_client().get(path, headers={"User-Agent": "Mozilla/5.0"}, buffered=True)
    assert seen == []
    assert counter.waiting == 0


def test_pages_name_the_icon_for_telephones(newsroom: Newsroom) -> None:
    assert (
        '<link rel="apple-touch-icon" href="/apple-touch-icon.png">'
        in newsroom.visitor().get("/").text
    )
