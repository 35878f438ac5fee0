"""Chooses the picture of the front, which other sites show beside a link to a page without a photograph."""

from __future__ import annotations

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core.db import db
from app.core.edition import raise_edition, wait_for_turn
from app.live.choosing import note_use, ready_picture
from app.live.shown_pictures import hide_unless_shown, show_again
from app.media.models import Picture, SitePictures


def choose_front_picture(picture_id: int, *, by: Actor) -> None:
    """Show other sites this picture.

    Raises `NotAllowed`, and `NotReady` while the picture cannot be shown to readers.
    """
    by.require(Act.CHOOSE_SITE_PICTURES, None)
    wait_for_turn(db.session.connection())
    picture = ready_picture(picture_id)
    if _site().front_id == picture.id:
        return
    _change(picture)
    record(Verb.CHOOSE_PICTURE, "site", 1, by=by, note=picture.short_name)


def remove_front_picture(*, by: Actor) -> None:
    """Have no picture of the front. It stays in the library. Raises `NotAllowed`."""
    by.require(Act.CHOOSE_SITE_PICTURES, None)
    wait_for_turn(db.session.connection())
    if _site().front_id is None:
        return
    _change(None)
    record(Verb.REMOVE_PICTURE, "site", 1, by=by)


def front_picture() -> Picture | None:
    """The picture of the front, if there is one."""
    number = _site().front_id
    return db.session.get(Picture, number) if number else None


def _site() -> SitePictures:
    return db.session.get_one(SitePictures, 1)


def _change(picture: Picture | None) -> None:
    site, former = _site(), front_picture()
    note_use(picture, site.front_id)
    site.front_id = picture.id if picture else None
    db.session.flush()
    if former is not None:
        hide_unless_shown(former.stems)
    if picture is not None:
        show_again(picture.stems)
    raise_edition("picture of the front")


def picture_described(picture_id: int) -> None:
    """Have the pages made again that tell of the picture of the front.

    `create_app` connects this to the signal with this name.
    """
    if _site().front_id == picture_id:
        raise_edition(f"describe picture {picture_id}")
