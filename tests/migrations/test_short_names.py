"""Pictures of older versions get short names, each its own."""

import flask_migrate
from sqlalchemy import select, text

from app.core.db import db
from app.media.models import Picture
from tests.support.cast import Newsroom

CAPTIONS = (
    "A bridge",
    "A bridge",
    "Мост",
    "2016",
    "A bridge 4",
    "A bridge",
    "Über die Brücke, heute",
)
INSERT = text(
    "INSERT INTO picture (key, media_type, width, height, size, caption, file_name, credit, alt, created_at) "
    "VALUES (:key, 'image/svg+xml', 16, 9, 1, :caption, :file, '', '', '2026-01-01 00:00:00')"
)


def test_each_picture_gets_a_name_of_its_own(newsroom: Newsroom) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="0030")
    with db.engine.begin() as connection:
        for at, caption in enumerate(CAPTIONS):
            found = {"key": f"{at:032}.svg", "caption": caption, "file": ""}
            connection.execute(INSERT, found | ({"file": "river.jpg"} if caption == "Мост" else {}))
    flask_migrate.upgrade()
    named = list(db.session.scalars(select(Picture.short_name).order_by(Picture.id)))
    assert named == [
        "a-bridge",
        "a-bridge-2",
        "river",
        "picture-4",
        "a-bridge-4-picture",
        "a-bridge-6",
        "uber-die-brucke-heute",
    ]
