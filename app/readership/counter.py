"""Counts page views of stories in memory and writes them in batches.

`create_app` makes one for each process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.util import Finalize
from wsgiref.types import WSGIEnvironment

from flask import Flask

from app.core.db import transaction, unavailable_named
from app.core.errors import StetError
from app.readership import actions
from app.readership.readers import is_reading

# Seconds from the first count of a batch until the batch is written.
INTERVAL = 45.0
MOST_ADDRESSES = 10_000

Counts = Mapping[str, int]
"""How often each site path was read."""


def counter_of(app: Flask) -> Counter:
    """The counter that writes to the database of `app`."""

    def write(counts: Counts) -> None:
        with app.app_context():
            with transaction():
                actions.add(counts)
            with suppress(StetError):  # the next batch comes by again
                _renew_list()

    counter = app.extensions["readings"] = Counter(write)
    # Worker processes are started by `multiprocessing` and end without `atexit`. `Finalize` runs in every
    # process.
    Finalize(None, counter.flush, exitpriority=0)
    return counter


def _renew_list() -> None:
    with unavailable_named():
        ranked = actions.ranked()
    if ranked is not None:
        with transaction():
            actions.arrange(ranked)


class Counter:
    """`on_page_read` is called for every page that is answered. `write` gets the counts in a separate thread.

    The thread lives from the first count of a batch until the batch is written. When `write` raises one of
    Stet's errors, the counts are kept for the next batch.
    """

    def __init__(self, write: Callable[[Counts], None]) -> None:
        self._write = write
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def on_page_read(self, path: str, environ: WSGIEnvironment) -> None:
        """Count a page view if the page can be a story and the request comes from a person."""
        if path.count("/") == 2 and is_reading(environ):
            with self._lock:
                self._add(path, 1)
                if self._thread is None:
                    self._thread = threading.Thread(
                        target=self._wait_and_write, name="readings", daemon=True
                    )
                    self._thread.start()

    @property
    def waiting(self) -> int:
        """The paths whose counts are not written yet."""
        return len(self._counts)

    def flush(self) -> None:
        """Write what was counted, now."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return
        try:
            self._write(counts)
        except StetError:
            with self._lock:
                for path, times in counts.items():
                    self._add(path, times)

    def _add(self, path: str, times: int) -> None:
        if path in self._counts or len(self._counts) < MOST_ADDRESSES:
            self._counts[path] = self._counts.get(path, 0) + times

    def _wait_and_write(self) -> None:
        """Wait until the batch is over, then write it."""
        time.sleep(INTERVAL)
        with self._lock:
            self._thread = None
        self.flush()
