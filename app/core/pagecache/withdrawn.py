"""What readers were shown and shall not be shown again, for when the database cannot be asked about it.

A page that was made before a story was withdrawn may be its own, or any list, feed or account of changes
that tells of it; all that tell of it name its address. One file in the folder of the pages holds the
addresses that were given up, for all processes.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from app.core.pagecache.folder import taking_turns
from app.core.pagecache.page import Page

_UNREAD = (0, 0)
_LOG = logging.getLogger(__name__)


class Withdrawn:
    """The addresses that were given up, and when, in seconds since 1970."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = _UNREAD
        self._addresses: dict[str, float] = {}

    def note(self, address: str, at: float) -> None:
        """Keep it in mind that what stood at `address` until `at` is not to be shown any more."""
        try:
            with taking_turns(self._file.parent):
                written = self._file.with_suffix(".new")
                written.write_text(json.dumps(self._known() | {address: at}), "utf-8")
                written.replace(self._file)
        except OSError:  # a full disk: it is withdrawn all the same
            _LOG.exception(
                "%s cannot be written: without the database, %s may be shown again.",
                self._file,
                address,
            )

    def is_told_of_by(self, page: Page) -> bool:
        """Whether `page` was made before something was given up that it may tell of."""
        return any(
            page.made.since <= at and re.search(_names(address), page.body)
            for address, at in self._known().items()
        )

    def _known(self) -> dict[str, float]:
        """Read anew when another process has written; a file that cannot be read says nothing."""
        try:
            state = self._file.stat()
            if (state.st_mtime_ns, state.st_ino) != self._read_at:
                self._addresses = json.loads(self._file.read_text("utf-8"))
                self._read_at = (state.st_mtime_ns, state.st_ino)
        except (OSError, ValueError):
            return {}
        return self._addresses


def _names(address: str) -> bytes:
    """Matches the address where it does not go on: `/about` is not named by `/about-us`."""
    return re.escape(address.encode()) + rb"(?![a-z0-9-])"
