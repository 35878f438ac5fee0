"""Compares the rows of pictures with the files in the media folder, and knows what mends each difference.

`stet check` only tells of them, `stet media check` mends them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotReady
from app.media import strays
from app.media.models import Picture
from app.media.renditions import RECIPE, names_of
from app.media.renewal import replace_renditions
from app.media.storage import folder, is_named_for, set_aside, take_back
from app.media.wholeness import is_whole

_UNTIL_MADE = timedelta(hours=1)  # the server makes the sizes of a new picture within seconds
_FROM_BACKUP = "Put it back from the backup, or send the same file again."


class _Kept(NamedTuple):
    """What is compared of a picture's row."""

    id: int
    key: str
    width: int
    height: int
    added_by_id: int | None
    recipe: int
    crop: str
    wanted_at: datetime | None


class Fault(NamedTuple):
    """What is wrong, in a sentence, and what mends it.

    `mend` returns a sentence about what it did, or raises `NotReady`. It opens transactions of its own.
    """

    said: str
    mend: Callable[[], str]


def findings(instance: Path) -> Iterator[str]:
    """One sentence for each thing that is wrong. Reads only."""
    return (fault.said for fault in faults(instance))


def faults(instance: Path) -> Iterator[Fault]:
    """What does not agree: the originals, their renditions, and files that belong to no picture."""
    columns = [getattr(Picture, name) for name in _Kept._fields]
    rows = db.session.execute(select(*columns).order_by(Picture.id))
    pictures = [_Kept(*row) for row in rows]
    for picture in pictures:
        yield from _of_original(picture, instance)
        yield from _of_renditions(picture, instance)
    for name in strays.found(instance, [(each.key, each.recipe, each.crop) for each in pictures]):
        yield Fault(
            f"The file {name} in the media folder belongs to no picture.",
            partial(strays.clear, name, instance),
        )


def _of_original(picture: _Kept, instance: Path) -> Iterator[Fault]:
    name, path = picture.key, folder(instance) / picture.key
    if not path.is_file():
        yield Fault(
            f"Picture {picture.id} has no file {name}.",
            partial(_take_back, name, picture.added_by_id, instance),
        )
    elif not is_named_for(name, path.read_bytes(), picture.added_by_id):
        yield Fault(
            f"The file {name} of picture {picture.id} is not the one that was stored.",
            partial(_put_away, name, instance),
        )


def _take_back(name: str, owner_id: int | None, instance: Path) -> str:
    """The original may have been set aside when the database had no row for it."""
    if not take_back(name, owner_id, instance):
        raise NotReady(_FROM_BACKUP)
    return "It had been set aside, and is back."


def _put_away(name: str, instance: Path) -> str:
    """Make room, so that the same file can be sent again."""
    if name.endswith(".svg"):  # readers see this very file
        raise NotReady(_FROM_BACKUP)
    place = set_aside(name, instance)
    raise NotReady(f"What was there is in {place} now. {_FROM_BACKUP}")


def _of_renditions(picture: _Kept, instance: Path) -> Iterator[Fault]:
    wanted_at = picture.wanted_at
    is_drawing = picture.key.endswith(".svg")
    if is_drawing or (wanted_at is not None and wanted_at > clock.now() - _UNTIL_MADE):
        return
    place, names = folder(instance), _names(picture)
    missing = [name for name in names if not (place / name).is_file()]
    damaged = [name for name in names if name not in missing and not is_whole(place / name)]
    mend = partial(_make_again, picture.id, instance)
    if picture.recipe != RECIPE or missing:
        yield Fault(
            f"Picture {picture.id} is not there in all its sizes; `stet media rebuild` makes them.",
            mend,
        )
    elif damaged:
        yield Fault(
            f"Picture {picture.id} has damaged files: {', '.join(damaged)};"
            " `stet media check` makes them anew.",
            mend,
        )


def _names(picture: _Kept) -> tuple[str, ...]:
    return names_of(picture.key, picture.width, picture.height, crop=picture.crop)


def _make_again(picture_id: int, instance: Path) -> str:
    replace_renditions(picture_id, instance)
    return "Its sizes have been made."
