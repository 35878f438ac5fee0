"""Makes the renditions of one stored picture again. The command and the job of new pictures call this."""

from __future__ import annotations

from pathlib import Path

from app.accounts.actors import Operator
from app.core.db import db, transaction
from app.media.actions import renew_renditions
from app.media.development import developed, read
from app.media.models import Picture
from app.media.storage import folder


def make_renditions(picture_id: int, instance: Path) -> None:
    """Develop the picture's original, and store what comes of it in a transaction of its own.

    Raises `NotReady` when the original cannot be developed.
    """
    key = db.session.get_one(Picture, picture_id).key
    db.session.rollback()  # no transaction stays open while the picture is developed
    found = developed(read(folder(instance) / key))
    with transaction():
        picture = db.session.get(Picture, picture_id)
        if picture is not None:  # nobody has deleted it meanwhile
            renew_renditions(picture, found, instance, by=Operator())
