"""A thread with a queue, for work of the page cache for which no request should wait."""

from __future__ import annotations

import contextvars
import logging
import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_MOST_WAITING = 1000
_LOG = logging.getLogger(__name__)
Item = TypeVar("Item")


class WorkerThread(Generic[Item]):
    """Calls `work` with each item, one after the other. The thread starts with the first item.

    So it starts in the process that needs it, after the server has forked its workers. It has no context
    variables of the thread that starts it: no request, no application and no `g`.
    """

    def __init__(self, name: str, work: Callable[[Item], object]) -> None:
        self._name, self._work = name, work
        self._queue: queue.Queue[Item] = queue.Queue(_MOST_WAITING)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, item: Item) -> bool:
        """Have `item` worked on soon. False when it is left out, because too many are waiting."""
        with self._starting:
            if self._thread is None:
                empty = contextvars.Context()
                self._thread = threading.Thread(
                    target=empty.run, args=(self._run,), name=self._name, daemon=True
                )
                self._thread.start()
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            return False
        return True

    def wait_until_idle(self) -> None:
        """Wait until everything that was added so far has been worked on."""
        self._queue.join()

    def _run(self) -> None:
        while True:
            item = self._queue.get()
            try:
                self._work(item)
            except Exception:
                _LOG.exception("The thread %r could not do its work.", self._name)
            finally:
                self._queue.task_done()
