"""Storing pictures with what must be said about them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.audit.actions import Actor, record
from app.core import clock
from app.core.db import db
from app.media.inspect import Inspected, inspected
from app.media.models import Picture
from app.media.placeholder import draw
from app.media.storage import store

_DRAWING = Inspected("svg", "image/svg+xml", 1600, 900)


@dataclass(frozen=True)
class Words:
    """What is said about a picture wherever it is used, unless the use says something else."""

    caption: str
    credit: str
    alt: str


def store_file(path: Path, words: Words, instance: Path, *, by: Actor) -> Picture:
    """The picture in `path`; raises `NotReady` for a file that cannot be shown."""
    found = inspected(path)
    return _stored(path.read_bytes(), found, words, instance, by)


def store_placeholder(seed: str, words: Words, instance: Path, *, by: Actor) -> Picture:
    """A drawing fixed by `seed`, for a story whose photograph is not included."""
    return _stored(draw(seed).encode(), _DRAWING, words, instance, by)


def _stored(data: bytes, found: Inspected, words: Words, instance: Path, by: Actor) -> Picture:
    key = store(data, found.ending, instance)
    held = db.session.scalar(select(Picture).where(Picture.key == key))
    if held is not None:
        return held
    picture = Picture(
        key=key,
        media_type=found.media_type,
        width=found.width,
        height=found.height,
        size=len(data),
        caption=words.caption,
        credit=words.credit,
        alt=words.alt,
        created_at=clock.now(),
    )
    db.session.add(picture)
    db.session.flush()
    record("store", "picture", picture.id, by=by)
    return picture
