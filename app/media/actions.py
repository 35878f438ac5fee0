"""Storing pictures with what must be said about them, and their renditions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db
from app.core.edition import raise_edition
from app.media.development import Developed, developed, read
from app.media.models import Picture
from app.media.placeholder import HEIGHT, WIDTH, draw
from app.media.renditions import RECIPE, stem
from app.media.storage import name_of, store, store_all

_DRAWING = Developed("svg", "image/svg+xml", WIDTH, HEIGHT, {})


@dataclass(frozen=True)
class PictureTexts:
    """What is said about a picture wherever it is used, unless the use says something else."""

    caption: str
    credit: str
    alt: str


def store_file(path: Path, words: PictureTexts, instance: Path, *, by: Actor) -> Picture:
    """The picture in `path` with its renditions; raises `NotReady` for a file that cannot be shown."""
    by.require(Act.ADD_PICTURES, None)
    data = read(path)
    return _held(data) or _stored(data, developed(data), words, instance, by)


def store_placeholder(seed: str, words: PictureTexts, instance: Path, *, by: Actor) -> Picture:
    """A drawing fixed by `seed`, for a story whose photograph is not included."""
    by.require(Act.ADD_PICTURES, None)
    data = draw(seed).encode()
    return _held(data) or _stored(data, _DRAWING, words, instance, by)


def renew_renditions(picture: Picture, found: Developed, instance: Path, *, by: Actor) -> None:
    """Give a stored picture the renditions that its original has been developed into.

    Developing takes seconds, so it is done before the transaction in which this is called.
    """
    by.require(Act.REVISE_PICTURES, picture)
    store_all(_named(found, picture.key), instance)
    picture.recipe = RECIPE
    record(Verb.DEVELOP, "picture", picture.id, by=by)
    raise_edition(f"develop picture {picture.id}")


def _held(data: bytes) -> Picture | None:
    """The picture that these bytes already are."""
    return db.session.scalar(select(Picture).where(Picture.key.startswith(f"{name_of(data)}.")))


def _stored(
    data: bytes, found: Developed, words: PictureTexts, instance: Path, by: Actor
) -> Picture:
    key = store(data, found.ending, instance)
    store_all(_named(found, key), instance)
    picture = Picture(
        key=key,
        media_type=found.media_type,
        width=found.width,
        height=found.height,
        size=len(data),
        recipe=RECIPE if found.renditions else 0,
        caption=words.caption,
        credit=words.credit,
        alt=words.alt,
        created_at=clock.now(),
    )
    db.session.add(picture)
    db.session.flush()
    record(Verb.STORE, "picture", picture.id, by=by)
    return picture


def _named(found: Developed, key: str) -> dict[str, bytes]:
    """The renditions by the names of their files."""
    start = stem(key)
    return {f"{start}-{name}": data for name, data in found.renditions.items()}
