"""Granian's server, made to go on whatever happens to its workers. Called by `core/serve`.

Granian itself ends the whole server when a worker dies within six seconds after it was started, and starts
one worker only when it is done with another. Here every worker that dies is replaced at once, however often,
and the others go on answering. The server ends by itself only when no worker can even start.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from granian.server import MPServer

# Seconds that a worker must have lived to count as started, if it ended with an error of its own.
_STARTED = 5.0
# Starts that fail in a row, of each worker, until the server gives up; and seconds before each further one.
_MOST_FAILURES = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 5.0
_LOG = logging.getLogger("_granian")  # its lines look like Granian's own


class SupervisedServer(MPServer):
    """Replaces each worker that dies."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._failures = [0] * self.workers
        self._not_before = [0.0] * self.workers
        # What a new worker needs is in memory already. Python 3.14 would start it from nothing.
        if sys.platform == "linux":
            multiprocessing.set_start_method("fork", force=True)

    def _serve_loop(
        self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]
    ) -> None:
        """Wait for the end of workers, and for signals, until a signal ends the server."""
        server: Any = self  # Granian's methods have no types
        while not self.interrupt_signal and not self._is_hopeless():
            self.main_loop_interrupt.wait(self._pause())
            self.main_loop_interrupt.clear()
            if self.reload_signal:
                server._reload(spawn_target, target_loader)
            for number, worker in enumerate(server.wrks):
                if not worker.is_alive():
                    self._replace(
                        number, partial(server._spawn_worker, number, spawn_target, target_loader)
                    )
        if self.interrupt_signal:
            self.interrupt_children.clear()  # else the server would end as if it had failed

    def _replace(self, number: int, make: Callable[[], Any]) -> None:
        """Start another worker in place of a dead one, now or when its pause is over."""
        if self._not_before[number] == 0.0:
            self._not_before[number] = time.monotonic() + self._pause_after(number)
        if self._not_before[number] > time.monotonic():
            return
        self._not_before[number] = 0.0
        _LOG.warning("Worker-%s has ended; another one starts.", number + 1)
        worker = self.wrks[number] = make()
        worker.start()

    def _pause_after(self, number: int) -> float:
        """Seconds until the next start: none after a kill, and more after each start that failed."""
        ended = self.wrks[number]
        exit_code = ended.inner.exitcode or 0
        if exit_code < 0 or time.monotonic() - ended.birth > _STARTED:
            self._failures[number] = 0
            return 0.0
        self._failures[number] += 1
        pause: float = min(_FIRST_PAUSE * 2 ** self._failures[number], _LONGEST_PAUSE)
        return pause

    def _pause(self) -> float | None:
        """Seconds until a worker is to be started; None when none is."""
        waiting = [moment for moment in self._not_before if moment]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _is_hopeless(self) -> bool:
        """Whether every worker has failed to start, again and again."""
        return all(failures > _MOST_FAILURES for failures in self._failures)
