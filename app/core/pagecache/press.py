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
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.core.pagecache.folder import taking_turns
from app.core.pagecache.page import Moment, Page

_WAITING = 1000
_NEVER = datetime.max.replace(tzinfo=UTC)


class Press:
    """Writes the newest page of each address, whichever process made it, and reads it back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._queue: queue.Queue[tuple[str, Page]] = queue.Queue(_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def keep(self, key: str, page: Page) -> None:
        """Have `page` written soon; when the disk cannot keep up, it is left out."""
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="press", daemon=True)
                self._thread.start()
        with suppress(queue.Full):
            self._queue.put_nowait((key, page))

    def drop(self, key: str) -> None:
        """Remove the page of this address, if there is one: nothing stands there any more."""
        with suppress(OSError):
            self._path(key).unlink()

    def _work(self) -> None:
        while True:
            key, page = self._queue.get()
            try:
                self._write(key, page)
            except OSError:
                continue
            finally:
                self._queue.task_done()

    def _write(self, key: str, page: Page) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with taking_turns(self._folder):
            pressed = self.find(key)
            if pressed is not None and pressed.made.since > page.made.since:
                return  # another process was faster
            temporary = path.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(_head(page).encode() + b"\n" + page.body)
            temporary.replace(path)

    def find(self, key: str) -> Page | None:
        """The page last pressed for this address, whatever its age."""
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            said = json.loads(head)
            headers = [(str(name), str(value)) for name, value in said["headers"]]
            made = Moment(int(said["edition"]), float(said["since"]))
            status = str(said["status"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Page(status, headers, body, made, _NEVER)

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / name

    def wait(self) -> None:
        """Wait until everything that was kept so far is written."""
        self._queue.join()


def _head(page: Page) -> str:
    said = {"status": page.status, "headers": page.headers}
    return json.dumps(said | page.made._asdict())
