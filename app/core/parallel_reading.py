"""Has several processes read the database, because Python uses one core. Called by `stet check`.

On PostgreSQL all of them read it as it is at one moment. On SQLite each task reads it as it is when it
begins.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from flask import Flask, current_app

from app.core.child_processes import end_with_the_parent
from app.core.db import db
from app.core.errors import Unavailable
from app.core.snapshot import exported_snapshot, snapshot

R = TypeVar("R")


def one_after_another(tasks: Sequence[Callable[[], R]]) -> Generator[R]:
    """What each task returns, in order. A task runs when its result is asked for."""
    with snapshot():
        for task in tasks:
            yield task()


def side_by_side(tasks: Sequence[Callable[[], R]]) -> Generator[R]:
    """The same, in one process for each core. Tasks and results are pickled; no transaction may be open.

    Raises `Unavailable` if one of the processes is killed.
    """
    if sys.platform != "linux":  # elsewhere, a forked process cannot use the system's libraries
        yield from one_after_another(tasks)
        return
    db.session.rollback()
    db.engine.dispose()  # a database connection must not be shared between processes
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # what the proxy stands for
    pool = ProcessPoolExecutor(
        len(os.sched_getaffinity(0)), multiprocessing.get_context("fork"), _begin, (app,)
    )
    try:
        pool.submit(os.getpid).result()  # they start here, before the transaction begins
        with snapshot():
            name = exported_snapshot()
            futures = [pool.submit(_run, task, name) for task in tasks]
            for future in futures:
                yield future.result()
    except BrokenProcessPool as error:
        raise Unavailable(
            "A process that looked at a part was ended from outside, perhaps for lack of memory. Try again."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(app: Flask) -> None:
    """Make a new process independent of the one that it is a copy of."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_the_parent()
    app.app_context().push()
    db.engine.dispose(close=False)


def _run(task: Callable[[], R], name: str) -> R:
    with snapshot(name):
        return task()
