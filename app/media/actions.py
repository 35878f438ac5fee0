"""Stores pictures with their texts (caption, credit, description) and renditions.

Files are written before the row. So a failure can leave files without a row, but never a row without its
files.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db
from app.core.edition import raise_edition
from app.core.events import picture_changed
from app.media.development import Developed, Photograph
from app.media.models import Picture
from app.media.placeholder import HEIGHT, WIDTH, draw
from app.media.queries import picture_of, picture_with_key
from app.media.renditions import RECIPE
from app.media.storage import store, store_all


@dataclass(frozen=True)
class PictureTexts:
    """The texts of a picture for every use, unless a story has its own."""

    caption: str
    credit: str
    alt: str


def keep_photograph(photograph: Photograph, words: PictureTexts, *, by: Actor) -> Picture:
    """The picture for `photograph`: a new one, or the one that was made from the same file before.

    `media.development.develop_file` makes the photograph before the transaction.
    """
    by.require(Act.ADD_PICTURES, None)
    held = picture_with_key(photograph.key)
    return held or _kept(Picture(**asdict(photograph), recipe=RECIPE), words, by)


def store_placeholder(seed: str, words: PictureTexts, instance: Path, *, by: Actor) -> Picture:
    """Store a drawing that depends only on `seed`, for a story whose photograph is not included."""
    by.require(Act.ADD_PICTURES, None)
    data = draw(seed).encode()
    return picture_of(data) or _kept(_drawn(data, instance), words, by)


def renew_renditions(picture: Picture, found: Developed, instance: Path, *, by: Actor) -> None:
    """Store new renditions of a picture.

    Developing takes seconds, so it is done before the transaction in which this is called. Live stories with
    the picture in their text are printed again.
    """
    by.require(Act.REVISE_PICTURES, picture)
    store_all(found.files(picture.key), instance)
    picture.recipe = RECIPE
    picture_changed.send_in_transaction(picture.id)
    record(Verb.DEVELOP, "picture", picture.id, by=by)
    raise_edition(f"develop picture {picture.id}")


def _drawn(data: bytes, instance: Path) -> Picture:
    key = store(data, "svg", instance)
    return Picture(key=key, media_type="image/svg+xml", width=WIDTH, height=HEIGHT, size=len(data))


def _kept(picture: Picture, words: PictureTexts, by: Actor) -> Picture:
    picture.caption, picture.credit, picture.alt = words.caption, words.credit, words.alt
    picture.created_at = clock.now()
    db.session.add(picture)
    db.session.flush()
    record(Verb.STORE, "picture", picture.id, by=by)
    return picture
