"""Removes the files of deleted pictures, in a server process, after the act."""

from __future__ import annotations

from flask import current_app

from app.core.db import db, transaction
from app.core.delivery import ReceiverAway, delivery
from app.core.edition import wait_for_turn
from app.core.jobs import Job
from app.core.outbox import Claim, ClaimedEntry
from app.media.actions import REMOVAL
from app.media.queries import picture_with_key
from app.media.renditions import names_of_all
from app.media.storage import remove
from app.media.store import MediaAway


def removal_job() -> Job:
    """The job that removes the files of one picture at a time."""
    return delivery(REMOVAL, remove_unwanted)


def remove_unwanted(claimed: Claim) -> None:
    """Remove the files of the claimed pictures. Raises `ReceiverAway`."""
    try:
        for entry in claimed.entries:
            _remove(entry)
    except MediaAway as error:
        raise ReceiverAway(str(error)) from error


def _remove(entry: ClaimedEntry) -> None:
    """Remove the files of one picture, unless somebody has sent the same file again.

    `add_photograph` waits for the same turn before it looks whether the file is still there.
    """
    with transaction():
        wait_for_turn(db.session.connection())
        if picture_with_key(entry.key) is None:
            names = names_of_all(entry.key, **entry.payload)
            remove(names, current_app.config["STET"].instance)
