"""Addresses whose stories were withdrawn, for the time when the database cannot be asked about them.

A page that was rendered before the withdrawal may be the story itself, or a list, feed or history that
mentions it; each of those contains its address. One file in the folder of the disk store holds these
addresses for all processes.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from app.core.pagecache.file_lock import locked
from app.core.pagecache.responses import CachedPage

_NEVER_READ = (0, 0)
_LOG = logging.getLogger(__name__)


class WithdrawnAddresses:
    """The addresses, and when each was withdrawn, in seconds since 1970."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._version_read = _NEVER_READ
        self._addresses: dict[str, float] = {}

    def add(self, address: str, at: float) -> None:
        """What stood at `address` until `at` must not be shown any more."""
        try:
            with locked(self._file.parent):
                written = self._file.with_suffix(".new")
                written.touch(mode=0o600)
                written.write_text(json.dumps(self._read() | {address: at}), "utf-8")
                written.replace(self._file)
        except OSError:  # the disk is full: the story is withdrawn all the same
            _LOG.exception(
                "%s cannot be written: without the database, %s may be shown again.",
                self._file,
                address,
            )

    def are_mentioned_in(self, page: CachedPage) -> bool:
        """Whether `page` contains an address that was withdrawn after the page was rendered."""
        return any(is_mentioned(address, at, page) for address, at in self._read().items())

    def _read(self) -> dict[str, float]:
        """Read again when another process has written; a file that cannot be read counts as empty."""
        try:
            state = self._file.stat()
            if (state.st_mtime_ns, state.st_ino) != self._version_read:
                self._addresses = json.loads(self._file.read_text("utf-8"))
                self._version_read = (state.st_mtime_ns, state.st_ino)
        except (OSError, ValueError):
            return {}
        return self._addresses


def is_mentioned(address: str, at: float, page: CachedPage) -> bool:
    """Whether `page` was rendered before `at`, in seconds since 1970, and contains `address`."""
    is_older = page.rendered.taken_at <= at
    return is_older and re.search(_pattern(address), page.body) is not None


def _pattern(address: str) -> bytes:
    """Matches the whole address only: `/about-us` does not mention `/about`."""
    return re.escape(address.encode()) + rb"(?![a-z0-9-])"
