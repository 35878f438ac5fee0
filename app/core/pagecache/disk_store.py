"""Copies of cached pages on disk: a process that has just started serves them while the database is away.

One file for each address under `instance/pages/`: a line of JSON, then the body. A thread writes them, so
that no reader waits for it, and afterwards compresses the page better for later readers. A file that cannot
be written or read counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.core.pagecache.file_lock import locked
from app.core.pagecache.responses import CachedPage, Snapshot
from app.core.pagecache.waiting import WaitingPages
from app.core.pagecache.withdrawn import WithdrawnAddresses
from app.core.pagecache.worker_thread import WorkerThread

# Bytes of pages that wait to be written, about: they are not counted among those in memory.
_MOST_WAITING = 16_000_000
_NEVER = datetime.max.replace(tzinfo=UTC)


class DiskStore:
    """Holds the newest page of each address, whichever process rendered it."""

    def __init__(self, folder: Path, withdrawn: WithdrawnAddresses) -> None:
        self._folder, self._withdrawn = folder, withdrawn
        self._writer = WorkerThread("disk store", self._write_and_recompress)
        self._waiting = WaitingPages(_MOST_WAITING)

    def save(self, key: str, page: CachedPage) -> None:
        """Have `page` written soon; when the thread cannot keep up, it is left out."""
        if self._waiting.add(key, page) and not self._writer.add(key):
            self._waiting.take(key)

    def load(self, key: str) -> CachedPage | None:
        """The page that was last written for this address, however old it is."""
        return _page_in(self._path(key))

    def delete(self, key: str) -> None:
        """Remove the page of this address, if there is one."""
        with suppress(OSError):
            self._path(key).unlink()

    def delete_if(self, is_unfit: Callable[[CachedPage], bool]) -> None:
        """Remove every page for which `is_unfit` is true. This reads all of them."""
        for path in self._folder.glob("??/*"):
            page = _page_in(path)
            if page is not None and is_unfit(page):
                with suppress(OSError), locked(self._folder):
                    # Another process may have written a newer page meanwhile.
                    now = _page_in(path)
                    if now is None or is_unfit(now):
                        path.unlink()

    def wait_until_idle(self) -> None:
        """Wait until everything that was saved so far is written."""
        self._writer.wait_until_idle()

    def _write_and_recompress(self, key: str) -> None:
        page = self._waiting.take(key)
        if page is None:
            return
        with suppress(OSError):
            self._write(key, page)
        page.recompress()

    def _write(self, key: str, page: CachedPage) -> None:
        path = self._path(key)
        with locked(self._folder):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            existing = self.load(key)
            if existing is not None and existing.rendered.taken_at > page.rendered.taken_at:
                return  # another process was faster
            if self._withdrawn.are_mentioned_in(page):
                return  # it was withdrawn while the page was waiting here
            temporary = path.with_suffix(f".{os.getpid()}")
            temporary.touch(mode=0o600)
            temporary.write_bytes(_head(page).encode() + b"\n" + page.body)
            temporary.replace(path)

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / name


def _page_in(path: Path) -> CachedPage | None:
    """The page in this file. A file that cannot be read counts as missing."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        fields = json.loads(head)
        headers = [(str(name), str(value)) for name, value in fields["headers"]]
        rendered = Snapshot(int(fields["edition"]), float(fields["taken_at"]))
        status = str(fields["status"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return CachedPage(status, headers, body, rendered, _NEVER)


def _head(page: CachedPage) -> str:
    fields = {"status": page.status, "headers": page.headers}
    return json.dumps(fields | page.rendered._asdict())
