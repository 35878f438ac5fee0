"""Files in the media folder that belong to no picture: an upload or a command ended before it wrote its row.

What can be made again is removed. An original is set aside and not deleted, because the row may be missing
only since the database was put back from an older backup.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.core.edition import wait_for_turn
from app.core.errors import NotReady
from app.core.outbox import OutboxEntry
from app.media.actions import REMOVAL
from app.media.queries import picture_with_key
from app.media.renditions import RECIPE, STEM_LENGTH, stems
from app.media.storage import PARTIAL, folder, remove, set_aside

_AGE = timedelta(hours=1)  # a file is written at most minutes before its row
_ORIGINAL = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}", re.ASCII)
_RENDITION = re.compile(r"[0-9a-f]{32}-[0-9x-]+\.[a-z]{3,4}", re.ASCII)


def found(instance: Path, pictures: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    """The names of old files that are of none of the `pictures`, which are keys, recipes and crops.

    Files of pictures that were deleted just now are not among them: a server process removes those.
    """
    deleted = db.session.scalars(select(OutboxEntry.key).where(OutboxEntry.kind == REMOVAL))
    known = {
        each for key, recipe, crop in pictures for each in stems(key, max(recipe, RECIPE), crop)
    }
    known.update(each for key in deleted for each in stems(key, RECIPE))
    if not folder(instance).is_dir():
        return
    with os.scandir(folder(instance)) as entries:
        names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    for name in sorted(names):
        if name[:STEM_LENGTH] not in known and _is_old(folder(instance) / name):
            yield name


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < (clock.now() - _AGE).timestamp()
    except FileNotFoundError:  # it was removed just now
        return False


def clear(name: str, instance: Path) -> str:
    """Take a stray file away, unless a picture is made of it at this moment. Returns what was done.

    `add_photograph` waits for the same turn, and looks then whether its file is there. Raises `NotReady` for
    a file that is none of Stet's.
    """
    with transaction():
        wait_for_turn(db.session.connection())
        if picture_with_key(name) is not None or not _is_old(folder(instance) / name):
            return "It is in use by now."
        if _ORIGINAL.fullmatch(name):
            return f"It is in {set_aside(name, instance)} now."
        if name.startswith(PARTIAL) or _RENDITION.fullmatch(name):
            remove([name], instance)
            return "It has been removed."
    raise NotReady("It was left there, because it is none of Stet's.")
