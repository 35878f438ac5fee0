"""The bell between the processes of one machine: whoever has raised the edition rings it, everybody hears.

A file of eight bytes in the instance folder, mapped into memory: a sound that differs from the last means
"look at the database again". Listening costs a tenth of a microsecond, on every request; asking SQLite
whether anything was committed costs several. The file holds nothing, so it may be lost at any time.
Called by `watch`.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path

_LENGTH = 8  # bytes


class Bell:
    """Rung after a commit, heard by all. Where no file can be made it never falls silent."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._map: mmap.mmap | None = None

    def ring(self) -> None:
        """Let every process hear that the edition was raised; call it once that is committed."""
        if self._hangs():
            try:
                os.pwrite(self._file, os.urandom(_LENGTH), 0)
            except OSError:
                return  # a full disk: the watch looks by itself a moment later

    def sound(self) -> bytes:
        """What was rung last; different bytes after every ring."""
        if self._map is not None:
            return self._map[:_LENGTH]
        return self.sound() if self._hangs() else os.urandom(_LENGTH)

    def _hangs(self) -> bool:
        """Open the file if that was not done yet; whether it could be."""
        if self._map is not None:
            return True
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            # Written, not stretched: reading a page that the disk has no room for would end the process.
            if os.fstat(self._file).st_size < _LENGTH:
                os.pwrite(self._file, os.urandom(_LENGTH), 0)
            self._map = mmap.mmap(self._file, _LENGTH, prot=mmap.PROT_READ)
        except (OSError, ValueError):
            self.close()
        return self._map is not None

    def close(self) -> None:
        """Give the file back; the next that asks opens it again."""
        if self._map is not None:
            self._map.close()
            self._map = None
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
