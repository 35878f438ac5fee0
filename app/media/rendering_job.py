"""Makes the renditions of pictures that were added or are to be cropped otherwise, after the answer."""

from __future__ import annotations

from flask import current_app

from app.core.db import db, transaction
from app.core.delivery import delivery
from app.core.errors import NotReady
from app.core.jobs import Job
from app.core.outbox import Claim
from app.media.actions import RENDITIONS, renditions_failed
from app.media.models import Picture
from app.media.renewal import make_renditions


def renditions_job() -> Job:
    """The job that makes the renditions that are wanted, one picture at a time."""
    return delivery(RENDITIONS, make_wanted)


def make_wanted(claimed: Claim) -> None:
    """Make the renditions of the claimed pictures. A picture whose file is damaged gets a note."""
    for key in claimed.keys:
        _make(int(key))


def _make(picture_id: int) -> None:
    picture = db.session.get(Picture, picture_id)
    is_wanted = picture is not None and picture.wanted_at is not None
    db.session.rollback()
    if not is_wanted:
        return
    try:
        make_renditions(picture_id, current_app.config["STET"].instance)
    except NotReady as error:
        with transaction():
            picture = db.session.get(Picture, picture_id)
            if picture is not None:
                renditions_failed(picture, str(error))
