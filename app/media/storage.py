"""Stores the files of pictures, safely before the database refers to them.

They are in a folder of the instance, or in the S3 store that the settings name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.core.config import Settings
from app.media.file_store import FileStore
from app.media.store import MediaStore

# A drawing, or a rendition with its crop, if any, and its width. Originals are not public, because the camera
# may have written the place into the file.
_PUBLIC = re.compile(
    r"[0-9a-f]{32}(?:\.svg|(?:-[0-9]{1,2}x[0-9]{1,2})?-[0-9]{1,4}\.(?:jpg|webp))", re.ASCII
)

# The stores of the installations of this process that are not in the instance, by their instance folders.
_ELSEWHERE: dict[Path, MediaStore] = {}


def init_app(settings: Settings) -> None:
    """Note where this installation keeps its pictures. Nothing is asked of the store yet."""
    _ELSEWHERE.pop(settings.instance, None)
    if settings.media_store is None:
        return
    from app.media import s3_store  # noqa: PLC0415  # large, and few sites need it

    copies = settings.instance / "media-cache"
    limit = settings.media_cache_mb * 1024**2
    _ELSEWHERE[settings.instance] = s3_store.at(settings.media_store, copies, limit)


def media_store(instance: Path) -> MediaStore:
    """The store with the files of the pictures of the installation in this folder."""
    return _ELSEWHERE.get(instance) or FileStore(folder(instance), instance / "media-aside")


def folder(instance: Path) -> Path:
    """The folder with the files of pictures, for an installation that keeps them on its own disk."""
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
    """Store `data` as a file named by `name_of`, and return that name."""
    key = f"{name_of(data, owner_id)}.{ending}"
    store_all({key: data}, instance)
    return key


def store_all(files: Mapping[str, bytes], instance: Path) -> None:
    """Store each file under its key. When this returns, they are there for good.

    Raises `MediaAway`, perhaps with some of them stored: no row may be written for any then.
    """
    media_store(instance).put_all(files)


def is_stored(name: str, instance: Path) -> bool:
    """Whether there is a file with this name."""
    return media_store(instance).changed_at(name) is not None


def stored_names(instance: Path) -> frozenset[str]:
    """The names of all files, with few questions to a store that is elsewhere."""
    return frozenset(file.name for file in media_store(instance).files())


def take_back(name: str, owner_id: int | None, instance: Path) -> bool:
    """Move the original with this name back, if it was set aside and is the right one."""
    store = media_store(instance)
    kept = store.read_aside(name)
    if kept is None or not is_named_for(name, kept, owner_id):
        return False
    store.put_back(name)
    return True


def remove(names: Iterable[str], instance: Path) -> None:
    """Remove the files with these names. Those that do not exist are passed over."""
    media_store(instance).remove(names)
