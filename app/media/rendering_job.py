"""Makes the renditions of pictures that were just added, in a server process, after the answer."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from app.accounts.actors import Operator
from app.core.db import db, transaction
from app.core.delivery import delivery
from app.core.errors import NotReady
from app.core.jobs import Job
from app.core.outbox import Claim
from app.media.actions import RENDITIONS, renditions_failed, renew_renditions
from app.media.development import developed, read
from app.media.models import Picture
from app.media.storage import folder


def renditions_job() -> Job:
    """The job that makes the renditions that are wanted, one picture at a time."""
    return delivery(RENDITIONS, make_wanted)


def make_wanted(claimed: Claim) -> None:
    """Make the renditions of the claimed pictures. A picture whose file is damaged gets a note."""
    for key in claimed.keys:
        make_renditions(int(key))


def make_renditions(picture_id: int) -> None:
    """Make the renditions of one picture that has none yet."""
    instance: Path = current_app.config["STET"].instance
    picture = db.session.get(Picture, picture_id)
    file = folder(instance) / picture.key if picture and picture.is_being_made else None
    db.session.rollback()  # no transaction stays open while the picture is developed
    if file is None:
        return
    try:
        found = developed(read(file))
    except NotReady as error:
        with transaction():
            renditions_failed(db.session.get_one(Picture, picture_id), str(error))
        return
    with transaction():
        renew_renditions(db.session.get_one(Picture, picture_id), found, instance, by=Operator())
