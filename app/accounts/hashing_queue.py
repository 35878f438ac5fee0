"""A short queue for hashing passwords: many sign-ins at once must not take the site from everybody else.

A hash takes 64 MiB and a tenth of a second of every core. So each process makes one at a time, in a thread
that gives way to all others, and refuses at once when one more is waiting already.
"""

from __future__ import annotations

import contextvars
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import ParamSpec, TypeVar

from app.core.errors import Unavailable

_MOST_AT_ONCE = 2  # one that is made, and one that waits; each holds a place of the application
_RETRY_AFTER = 3  # seconds
_GIVES_WAY = 10  # nice(1): a tenth of what the other threads get, while they want something
_PLACES = threading.BoundedSemaphore(_MOST_AT_ONCE)
_AT_WORK = threading.Lock()

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def in_hashing_queue(
    work: Callable[Arguments, Made], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Made:
    """What `work` returns, made in turn. Raises `Unavailable` at once when too many are waiting."""
    if not _PLACES.acquire(blocking=False):
        raise Unavailable(
            "Many people are signing in at this moment. Try again in a few seconds.", _RETRY_AFTER
        )
    try:
        made: Future[Made] = Future()
        context = contextvars.copy_context()

        def run() -> None:
            with _AT_WORK:
                _give_way()
                try:
                    made.set_result(context.run(work, *args, **kwargs))
                except BaseException as error:
                    made.set_exception(error)

        threading.Thread(target=run, name="hashing", daemon=True).start()
        return made.result()
    finally:
        _PLACES.release()


def _give_way() -> None:
    """Lower this thread's priority, and that of the threads that argon2 starts from it (Linux only)."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _GIVES_WAY)
