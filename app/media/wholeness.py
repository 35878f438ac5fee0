"""Whether the file of a rendition ends where it should. `media/checking` asks it."""

from __future__ import annotations

import os
from pathlib import Path

_JPEG = b"\xff\xd8", b"\xff\xd9"  # how a JPEG begins and ends


def is_whole(path: Path) -> bool:
    """Whether the WebP or JPEG at `path` has all its bytes: its pixels are not looked at."""
    size = path.stat().st_size
    if size < 12:
        return False
    with path.open("rb") as file:
        start = file.read(12)
        file.seek(-2, os.SEEK_END)
        end = file.read(2)
    if path.suffix == ".webp":  # RIFF: the length of what follows is in the header
        length = int.from_bytes(start[4:8], "little") + 8
        return (start[:4], start[8:], size) == (b"RIFF", b"WEBP", length)
    return (start[:2], end) == _JPEG
