"""Copies of the files that were sent to browsers, on this machine, while the files are stored elsewhere.

They spare the store the same question, and readers keep them while the store is away. The server processes of
one machine share them. They can be deleted at any time.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.media.file_store import write_whole

_LOG = logging.getLogger(__name__)
_NOTED_AGAIN = 600  # seconds after which another use of a copy is written down
_SHARE = 16  # what one process adds before it looks: this part of what all copies may take


class SentCopies:
    """Copies in `folder`, up to `limit` bytes. Those that were not used for longest go first."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder, self._limit, self._added = folder, limit, 0

    def held(self, name: str) -> Path | None:
        """The copy of a file, if it is here. Notes that it was used."""
        path = self._folder / name
        try:
            status = path.stat()
            if status.st_atime < time.time() - _NOTED_AGAIN:
                os.utime(path, (time.time(), status.st_mtime))
        except OSError:
            return None
        return path

    def keep(self, name: str, data: bytes, changed_at: datetime) -> Path | None:
        """Keep a copy. None if it may not take that much room, or the disk has none.

        It has the time of the original, from which its ETag is made, so that a later copy has the same.
        """
        if len(data) > self._limit:
            return None
        path = self._folder / name
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(data, path)
            os.utime(path, (time.time(), changed_at.timestamp()))
        except OSError:
            _LOG.warning("No copy of a picture can be kept in %s.", self._folder, exc_info=True)
            return None
        self._added += len(data)
        if self._added >= self._limit // _SHARE:
            self._added = 0
            self._make_room()
        return path

    def forget(self, names: Iterable[str]) -> None:
        """Remove the copies of files that are stored no more."""
        for name in names:
            with suppress(OSError):
                (self._folder / name).unlink()

    def _make_room(self) -> None:
        copies = sorted(self._copies(), reverse=True)
        taken = 0
        for _used, size, name in copies:
            taken += size
            if taken > self._limit:
                self.forget([name])

    def _copies(self) -> Iterator[tuple[float, int, str]]:
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # another process has removed it
                    status = entry.stat(follow_symlinks=False)
                    yield status.st_atime, status.st_size, entry.name
