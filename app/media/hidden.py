"""Which pictures were taken away from readers, for the time when the database cannot be asked.

A file beside the copies of pages holds this for all processes. `reader/pictures` asks it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Set
from pathlib import Path

from flask import current_app

from app.core.events import pictures_hidden, pictures_shown
from app.core.pagecache.file_lock import locked

_LOG = logging.getLogger(__name__)


def is_hidden(stem: str) -> bool:
    """Whether the picture whose files have names that begin with `stem` was hidden and not shown again."""
    return stem in _read(_file())


@pictures_hidden.connect
def note_hidden(stems: Set[str]) -> None:
    """Remember that no live story shows these pictures any more."""
    _change(stems, frozenset())


@pictures_shown.connect
def note_shown(stems: Set[str]) -> None:
    """Remember that live stories show these pictures."""
    if _read(_file()) & stems:
        _change(frozenset(), stems)


def _change(hidden: Set[str], shown: Set[str]) -> None:
    file = _file()
    try:
        with locked(file.parent):
            written = file.with_suffix(".new")
            written.touch(mode=0o600)
            written.write_text(json.dumps(sorted((_read(file) | hidden) - shown)), "utf-8")
            written.replace(file)
    except OSError:  # the disk is full: the database knows it all the same
        _LOG.exception("%s cannot be written: without the database, it is out of date.", file)


def _read(file: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _file() -> Path:
    instance: Path = current_app.config["STET"].instance
    return instance / "pages" / "hidden-pictures.json"
