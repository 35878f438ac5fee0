"""Which pictures can be shown to readers outside a story, and how often they are used."""

from __future__ import annotations

from sqlalchemy import update

from app.core.db import db
from app.core.errors import NotReady
from app.media.actions import want_renditions
from app.media.models import Picture
from app.media.renditions import RECIPE
from app.media.rights import have_ended, today


def ready_picture(picture_id: int) -> Picture:
    """The picture, which nobody can delete before this transaction ends.

    Raises `NotReady` while it cannot be shown to readers.
    """
    picture = db.session.get(Picture, picture_id, with_for_update=True, populate_existing=True)
    if picture is None:
        raise NotReady("This picture is not there any more. Choose another.")
    if problem := _problem(picture):
        raise NotReady(problem)
    return picture


def _problem(picture: Picture) -> str:
    """Why readers cannot be shown the picture. Empty if they can."""
    if picture.stored.is_drawing:
        return "A drawing cannot be chosen here. Choose a photograph."
    if picture.problem:
        return picture.problem
    if picture.is_being_made:
        return "The sizes of this picture are being made. Choose it again in some seconds."
    if not picture.credit or not picture.alt:
        return "Say first in the library who made this picture, and what it shows."
    if have_ended(picture, today()):
        return "The rights to this picture have ended. Choose another."
    return ""


def note_use(picture: Picture | None, former_id: int | None) -> None:
    """Note that `picture` is used in place of a former one, and have it made in all sizes."""
    for picture_id, more in ((former_id, -1), (picture.id if picture else None, 1)):
        if picture_id is not None:
            counted = update(Picture).where(Picture.id == picture_id)
            db.session.execute(counted.values(uses=Picture.uses + more))
    if picture is not None and picture.recipe != RECIPE:
        want_renditions(picture)
