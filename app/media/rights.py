"""Until when pictures may be used: for the library, and for what a story needs to be published."""

from __future__ import annotations

from datetime import date, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, and_

from app.core import clock
from app.media.models import Picture

# So many days before the end the newsroom is warned.
WARNED = timedelta(days=7)


def today() -> date:
    """The present day in the site's time zone: rights end with a day of that zone."""
    return clock.now().astimezone(current_app.config["STET"].timezone).date()


def have_ended(picture: Picture, day: date) -> bool:
    """Whether the picture may not be used any more on `day`."""
    return picture.expires_on is not None and picture.expires_on < day


def end_soon(picture: Picture, day: date) -> bool:
    """Whether the picture may be used on `day`, and not for long any more."""
    return picture.expires_on is not None and day <= picture.expires_on <= day + WARNED


def ended(day: date) -> ColumnElement[bool]:
    """For statements: `have_ended`."""
    return and_(Picture.expires_on.is_not(None), Picture.expires_on < day)


def ending(day: date) -> ColumnElement[bool]:
    """For statements: `end_soon`."""
    return and_(Picture.expires_on.is_not(None), Picture.expires_on.between(day, day + WARNED))


def said_of_rights(picture: Picture, day: date) -> str:
    """What is to be known of the rights on `day`, without a full stop. Empty while there is nothing."""
    if picture.expires_on is None or picture.expires_on > day + WARNED:
        return ""
    verb = "ended" if have_ended(picture, day) else "end"
    return f"Rights {verb} on {clock.named_day(picture.expires_on)}"
