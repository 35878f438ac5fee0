"""The files of pictures in a folder of this machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.media.store import StoredFile

PARTIAL = ".part-"  # how the name of a file begins while it is being written


class FileStore:
    """A `MediaStore` in a folder. Files that are set aside are in the folder `aside`."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self._folder, self._aside = folder, aside

    def put_all(self, files: Mapping[str, bytes]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in files.items():
            try:
                os.utime(self._folder / name)  # it is wanted again, so it is no stray file
            except FileNotFoundError:
                write_whole(data, self._folder / name)
        _sync_folder(self._folder)

    def read(self, name: str) -> bytes | None:
        return _read(self._folder / name)

    def changed_at(self, name: str) -> datetime | None:
        path = self._folder / name
        return _changed_at(path.stat()) if path.is_file() else None

    def copy_for_sending(self, name: str) -> Path | bytes | None:
        path = self._folder / name
        return path if path.is_file() else None

    def files(self) -> Iterator[StoredFile]:
        if not self._folder.is_dir():
            return
        with os.scandir(self._folder) as entries:
            for entry in entries:
                try:
                    if entry.is_file(follow_symlinks=False):
                        yield StoredFile(entry.name, _changed_at(entry.stat()))
                except FileNotFoundError:  # it was removed just now
                    continue

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
        _sync_folder(self._folder)

    def set_aside(self, name: str) -> str:
        _move(name, self._folder, self._aside)
        return str(self._aside / name)

    def read_aside(self, name: str) -> bytes | None:
        return _read(self._aside / name)

    def put_back(self, name: str) -> None:
        _move(name, self._aside, self._folder)


def write_whole(data: bytes, path: Path) -> None:
    """Write a file that appears under its name with all its bytes, or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=PARTIAL)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _changed_at(status: os.stat_result) -> datetime:
    return datetime.fromtimestamp(status.st_mtime, UTC)


def _move(name: str, place: Path, target: Path) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / name).replace(target / name)
    _sync_folder(target)
    _sync_folder(place)


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
