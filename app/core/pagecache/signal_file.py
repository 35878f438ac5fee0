"""A small shared file through which the processes of one machine tell each other of a new edition.

The file has eight bytes and is mapped into memory. Different bytes than last time mean "ask the database
again". Comparing them costs a tenth of a microsecond, and that happens on every request; asking SQLite
whether anything was committed costs several microseconds. The file may be deleted at any time.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path

_LENGTH = 8  # bytes


class SignalFile:
    """One process writes new bytes after a commit, and all others see them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._map: mmap.mmap | None = None

    def notify(self) -> None:
        """Tell every process that the edition was raised; to be called after the commit."""
        if self._is_open():
            try:
                os.pwrite(self._file, os.urandom(_LENGTH), 0)
            except OSError:
                return  # the disk is full; the processes ask the database themselves a moment later

    def state(self) -> bytes:
        """The current bytes: different ones after each `notify`, and each time if there is no file."""
        if self._map is not None:
            return self._map[:_LENGTH]
        return self.state() if self._is_open() else os.urandom(_LENGTH)

    def _is_open(self) -> bool:
        """Open the file if that was not done yet; whether it could be opened."""
        if self._map is not None:
            return True
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            # Written rather than truncated to this length: to read a mapped page for which the disk has no
            # room would end the process.
            if os.fstat(self._file).st_size < _LENGTH:
                os.pwrite(self._file, os.urandom(_LENGTH), 0)
            self._map = mmap.mmap(self._file, _LENGTH, prot=mmap.PROT_READ)
        except (OSError, ValueError):
            self.close()
        return self._map is not None

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._map is not None:
            self._map.close()
            self._map = None
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
