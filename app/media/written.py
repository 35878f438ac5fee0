"""What was written in the file of a new picture, as its texts. `media/darkroom` has read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from app.core import clock
from app.media.actions import PictureTexts

_LINE = 300  # characters that fit into a field of one line
# `2026-11-28T…` (XMP), `2026:11:28 …` (EXIF) and `20261128` (IPTC-IIM).
_DAY = re.compile(r"([0-9]{4})([-:]?)([0-9]{2})\2([0-9]{2})(?![0-9])", re.ASCII)


def written_texts(found: Mapping[str, str]) -> PictureTexts:
    """The texts for a picture in whose file `found` was written."""
    terms = (found.get("rights", ""), found.get("terms", ""))
    return PictureTexts(
        caption=found.get("caption", ""),
        credit=_line(found.get("credit", "")),
        alt=found.get("alt", ""),
        byline=_line(found.get("byline", "")),
        place=_line(found.get("place", "")),
        source=_line(found.get("source", "")),
        rights="\n".join(dict.fromkeys(term for term in terms if term)),
        taken_on=_day(found.get("taken", "")),
    )


def _line(text: str) -> str:
    return text[:_LINE].rstrip()


def _day(text: str) -> date | None:
    """The day of a time as files have it, where the camera was. None if it is no day that can be right."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    tomorrow = clock.now().date() + timedelta(days=1)  # the camera may be in another time zone
    return day if day <= tomorrow else None
