"""Stores the files of pictures on disk, safely before the database refers to them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

# A drawing, or a rendition with its crop, if any, and its width. Originals are not public, because the camera
# may have written the place into the file.
_PUBLIC = re.compile(
    r"[0-9a-f]{32}(?:\.svg|(?:-[0-9]{1,2}x[0-9]{1,2})?-[0-9]{1,4}\.(?:jpg|webp))", re.ASCII
)


PARTIAL = ".part-"  # how the name of a file begins while it is being written


def folder(instance: Path) -> Path:
    """The folder with the files of pictures."""
    return instance / "media"


def is_public(text: str) -> bool:
    """Whether readers may ask for a file with this name. No other name is looked up on disk."""
    return _PUBLIC.fullmatch(text) is not None


def name_of(data: bytes, owner_id: int | None = None) -> str:
    """The beginning of the key for these bytes: 32 hexadecimal digits of their SHA-256.

    With `owner_id`, it is that of the copy that belongs to this person alone (`media/copies`).
    """
    found = hashlib.sha256(data)
    if owner_id is not None:
        found.update(f" of person {owner_id}".encode())
    return found.hexdigest()[:32]


def is_named_for(key: str, data: bytes, owner_id: int | None) -> bool:
    """Whether `key` is that of these bytes, or of the copy of them that belongs to one person."""
    names = (name_of(data), name_of(data, owner_id))
    return key.partition(".")[0] in names


def store(data: bytes, ending: str, instance: Path, owner_id: int | None = None) -> str:
    """Write `data` to a file named by `name_of`, and return that name. It is written only once."""
    key = f"{name_of(data, owner_id)}.{ending}"
    store_all({key: data}, instance)
    return key


def store_all(files: Mapping[str, bytes], instance: Path) -> None:
    """Write each file under its key, unless it exists already: the bytes for a key never change.

    When this returns, the files and their directory entries are on the disk.
    """
    place = folder(instance)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for key, data in files.items():
        try:
            os.utime(place / key)  # it is wanted again, so it is no stray file (`media/strays`)
        except FileNotFoundError:
            _write_whole(data, place, key)
    _sync_folder(place)


def set_aside(name: str, instance: Path) -> Path:
    """Move a file out of the media folder to where nobody is served from. Returns its new place."""
    place = _aside(instance)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder(instance) / name).replace(place / name)
    _sync_folder(place)
    _sync_folder(folder(instance))
    return place / name


def take_back(name: str, owner_id: int | None, instance: Path) -> bool:
    """Move the original with this name back, if it was set aside and is the right one."""
    kept = _aside(instance) / name
    if not kept.is_file() or not is_named_for(name, kept.read_bytes(), owner_id):
        return False
    folder(instance).mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.replace(folder(instance) / name)
    _sync_folder(folder(instance))
    return True


def _aside(instance: Path) -> Path:
    return instance / "media-aside"


def remove(names: Iterable[str], instance: Path) -> None:
    """Remove the files with these names. Those that do not exist are passed over."""
    place = folder(instance)
    for name in names:
        (place / name).unlink(missing_ok=True)
    _sync_folder(place)


def _write_whole(data: bytes, place: Path, key: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=place, prefix=PARTIAL)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, place / key)
    except BaseException:
        os.unlink(temporary)
        raise


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
