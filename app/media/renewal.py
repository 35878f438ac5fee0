"""Makes the renditions of one stored picture again. The command and the job of new pictures call this."""

from __future__ import annotations

from pathlib import Path

from app.accounts.actors import Operator
from app.core.db import db, transaction
from app.media.actions import renew_renditions
from app.media.development import Developed, developed, read
from app.media.models import Picture
from app.media.storage import folder, remove


def make_renditions(picture_id: int, instance: Path) -> None:
    """Develop the picture's original, and store what of it is not there, in a transaction of its own.

    Raises `NotReady` when the original cannot be developed.
    """
    _keep(picture_id, _developed(picture_id, instance), instance)


def replace_renditions(picture_id: int, instance: Path) -> None:
    """Develop the picture's original, and store what comes of it in place of what is there.

    Raises `NotReady` when the original cannot be developed, and then keeps the files that are there.
    """
    key, found = _developed(picture_id, instance)
    remove(found.files(key), instance)
    _keep(picture_id, (key, found), instance)


def _developed(picture_id: int, instance: Path) -> tuple[str, Developed]:
    picture = db.session.get_one(Picture, picture_id)
    key, focus = picture.key, picture.focus
    db.session.rollback()  # no transaction stays open while the picture is developed
    return key, developed(read(folder(instance) / key), focus)


def _keep(picture_id: int, made: tuple[str, Developed], instance: Path) -> None:
    with transaction():
        picture = db.session.get(Picture, picture_id)
        if picture is not None and picture.key == made[0]:  # nobody has deleted or replaced it
            renew_renditions(picture, made[1], instance, by=Operator())
