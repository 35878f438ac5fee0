"""Pictures in bulk, for tests and measurements of the library. They have rows and words, and no files."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from app.core import clock
from app.core.db import db, transaction
from app.media.models import PICTURE_WORDS, Picture
from app.media.rights import today
from app.media.storage import name_of
from app.transfer.demowords import AUTHORS

BATCH = 2000
_NOUNS = (
    *("bridge", "river", "minister", "harbour", "election", "court", "school", "market"),
    *("Elbbrücke", "factory", "parliament", "stadium", "protest", "railway", "hospital"),
)
_PLACES = ("Moscow", "Kabul", "Hamburg", "Łódź", "Brussels", "Tallinn", "Herat", "Leipzig")
_VERBS = ("opens", "closes", "waits", "burns", "is rebuilt", "votes", "welcomes guests")


def many_pictures(count: int, added_by: int | None = None) -> None:
    """Add `count` pictures with plausible texts. The same numbers give the same texts."""
    with transaction():
        first = (db.session.scalar(select(func.max(Picture.id))) or 0) + 1
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        rows = [_row(number, added_by) for number in numbers]
        with transaction():
            db.session.execute(insert(Picture), rows)
            PICTURE_WORDS.add(PICTURE_WORDS.entry(row["id"], _said(row)) for row in rows)


def _row(number: int, added_by: int | None) -> dict[str, Any]:
    chance = Random(number)
    noun, place, verb = (chance.choice(each) for each in (_NOUNS, _PLACES, _VERBS))
    name = chance.choice(AUTHORS)
    caption = f"The {noun} in {place} {verb}, as seen by {name} on day {number}."
    return {
        "id": number,
        "key": f"{name_of(str(number).encode())}.jpg",
        "short_name": f"{noun.lower()}-{number}",
        "media_type": "image/jpeg",
        "width": 3000,
        "height": 2000,
        "size": 900_000,
        "recipe": 0,
        "caption": caption,
        "credit": "" if chance.random() < 0.02 else f"{name} for the paper",
        "alt": "" if chance.random() < 0.02 else f"People stand before a {noun}, and it rains.",
        "place": place,
        "file_name": f"DSC_{number}.jpg",
        "uses": 0 if chance.random() < 0.03 else 1,
        "expires_on": today() + timedelta(chance.randrange(900)) if number % 20 == 0 else None,
        "added_by_id": added_by,
        "created_at": clock.now(),
    }


def _said(row: dict[str, Any]) -> str:
    names = ("caption", "credit", "alt", "place", "file_name", "short_name")
    return " ".join(row[name] for name in names)
