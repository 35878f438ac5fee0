"""Whether the file of a rendition ends where it should. `media/checking` asks it."""

from __future__ import annotations

_JPEG = b"\xff\xd8", b"\xff\xd9"  # how a JPEG begins and ends


def is_whole(name: str, data: bytes) -> bool:
    """Whether the WebP or JPEG with this name has all its bytes: its pixels are not looked at."""
    if len(data) < 12:
        return False
    if name.endswith(".webp"):  # RIFF: the length of what follows is in the header
        length = int.from_bytes(data[4:8], "little") + 8
        return (data[:4], data[8:12], len(data)) == (b"RIFF", b"WEBP", length)
    return (data[:2], data[-2:]) == _JPEG
