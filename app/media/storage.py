"""Files of pictures on disk: on it for good before the database names them (FAULTS.md F7)."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{32}\.(?:svg|jpg|png|webp|avif|gif)")


def folder(instance: Path) -> Path:
    """Where the files of pictures lie."""
    return instance / "media"


def is_key(text: str) -> bool:
    """Whether `text` has the shape of a stored file's name; nothing else is looked for on disk."""
    return _KEY.fullmatch(text) is not None


def name_of(data: bytes) -> str:
    """What the key of these bytes begins with: 32 hexadecimal digits of their SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]


def store(data: bytes, ending: str, instance: Path) -> str:
    """Write `data` under a name made from its hash and give that name; the same bytes are stored once.

    When this returns, the file and its name have reached the disk.
    """
    key = f"{name_of(data)}.{ending}"
    place = folder(instance)
    place.mkdir(parents=True, exist_ok=True)
    if not (place / key).exists():
        _write_whole(data, place, key)
    return key


def _write_whole(data: bytes, place: Path, key: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=place, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, place / key)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync_folder(place)


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
