"""Pages pressed to disk, so that a process that has just started can serve them while the database is away.

One file for each address under `instance/pages/`: a line of JSON, then the body. Written by a thread of its
own, so that no reader waits for the disk; a file that cannot be written or read is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import threading
from datetime import UTC, datetime
from pathlib import Path

from app.core.pagecache.page import Page

_WAITING = 1000
_NEVER = datetime.max.replace(tzinfo=UTC)


class Press:
    """Writes the newest page of each address, and reads it back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._queue: queue.Queue[tuple[str, Page | None]] = queue.Queue(_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def keep(self, key: str, page: Page) -> None:
        """Have `page` written soon; when the disk cannot keep up, it is left out."""
        self._put(key, page)

    def drop(self, key: str) -> None:
        """Have the page of this address removed soon: nothing stands there any more."""
        self._put(key, None)

    def _put(self, key: str, page: Page | None) -> None:
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="press", daemon=True)
                self._thread.start()
        try:
            self._queue.put_nowait((key, page))
        except queue.Full:
            return

    def _work(self) -> None:
        while True:
            key, page = self._queue.get()
            try:
                self._write(key, page) if page is not None else self._path(key).unlink(True)
            except OSError:
                continue
            finally:
                self._queue.task_done()

    def _write(self, key: str, page: Page) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"status": page.status, "edition": page.edition, "headers": page.headers})
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(head.encode() + b"\n" + page.body)
        temporary.replace(path)

    def find(self, key: str) -> Page | None:
        """The page last pressed for this address, whatever its age."""
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            said = json.loads(head)
            headers = [(str(name), str(value)) for name, value in said["headers"]]
            edition = int(said["edition"])
            return Page(str(said["status"]), headers, body, edition=edition, until=_NEVER)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / name

    def wait(self) -> None:
        """Wait until everything that was kept so far is written."""
        self._queue.join()
