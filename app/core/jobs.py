"""What is to be done later: one thread of each server process sleeps until something is due, and does it.

A feature registers a `Job` for what it does later; `create_app` hands it the application's `Jobs`. All
server processes look at the same rows, and exactly one of them does each thing. There are two kinds.

**A moment: something that happens inside Stet at a time**, such as a story that goes live at eight. It is
a row of the feature's own table. `run` claims the row, does what is due and notes that it is done, all in
one transaction. A process that is killed half-way has then done nothing, and another one does it all::

    def next_due() -> datetime | None:
        return db.session.scalar(select(func.min(Schedule.due_at)).where(WAITING))

    def run() -> bool:
        with transaction():
            due = select(Schedule).where(WAITING, Schedule.due_at <= clock.now())
            first = due.order_by(Schedule.due_at).limit(1)
            schedule = db.session.scalar(first.with_for_update(skip_locked=True))
            if schedule is not None:
                schedule.carry_out()  # the act, which also notes on the row that it is done
        return schedule is not None  # None when another process was faster

    jobs.add(Job("schedule", next_due, run))

- Who makes a row due, or due earlier, calls `due_changed.send_after_commit("schedule")` (`core.events`),
  so that the sleeping thread of this process looks again. Other processes look every `LOOK` seconds.
- A row that cannot be carried out must not stay due: it would stand in front of the others. `run` catches
  the refusal outside that transaction, which is then undone, and notes it on the row in another one.

**A signal to somebody outside**, such as a mail: `core.outbox.put` keeps it in the transaction of the act,
and `jobs.add(delivery("mail", send))` is all that sends it (`core.delivery`).

Jobs take turns: none waits for more than one `run` of each other, so a `run` does one thing and ends within
some seconds. An error in `run` is logged and never ends the thread: the job rests for a while in this
process, and the others go on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from multiprocessing.util import Finalize

from flask import Flask

from app.core import clock
from app.core.db import unavailable_named
from app.core.errors import Unavailable
from app.core.events import due_changed

# Seconds after which the thread looks by itself, for what a command or another process has made due.
LOOK = 1.0
# Seconds until it looks again at what is due but was not to be had: other processes are at it.
_BUSY = 0.1
# Seconds that the end of a process waits for what is being done; what takes longer is done again by another.
_LAST = 2.0
_FIRST_REST, _LONGEST_REST = timedelta(seconds=5), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is to be done at times that are in the database; both are called in an `app_context`.

    `next_due` says when the next thing is due, `None` if nothing is, and only reads. `run` does one of the
    things that are due, in transactions of its own; it returns whether there was one for this process.
    """

    name: str
    next_due: Callable[[], datetime | None]
    run: Callable[[], bool]


class Jobs:
    """The jobs of one application, done in a thread of this process once `start` was called."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._watched: list[_Watched] = []
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def add(self, job: Job) -> None:
        """Do `job` whenever something of it is due; before `start`."""
        self._watched.append(_Watched(job))

    def start(self) -> None:
        """Begin. Server processes call this; commands leave what is due to them."""
        if not self._watched:
            return
        due_changed.connect(self._wake)
        self._thread.start()
        # Workers are children of `multiprocessing`, which end without `atexit`; this is heard in both.
        Finalize(None, self.stop, exitpriority=0)

    def stop(self) -> None:
        """Begin nothing more, and wait a little for what is being done."""
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(_LAST)

    def run_due(self) -> float:
        """Do all that is due, the jobs in turns; for how many seconds nothing is due then."""
        while self._take_turns():
            pass
        return min((each.seconds_left() for each in self._watched), default=inf)

    def _take_turns(self) -> bool:
        """Do one thing of each job that is due; whether there was one."""
        turns = (each for each in self._watched if not self._stopped.is_set())
        did = [each.run_one(self._app) for each in turns]
        return any(did)

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            self._woken.wait(min(self.run_due(), LOOK))

    def _wake(self, _name: str) -> None:
        self._woken.set()


class _Watched:
    """A job as this process knows it: when it is worth looking at again, and how often in a row it failed."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._failures = 0
        self._next_look: datetime | None = None

    def seconds_left(self) -> float:
        """For how many seconds nothing of it needs to be done."""
        if self._next_look is None:
            return inf
        return max(_BUSY, (self._next_look - clock.now()).total_seconds())

    def run_one(self, app: Flask) -> bool:
        """Do one thing of it if one is due; whether there was one."""
        if self._failures and self.seconds_left() > _BUSY:
            return False  # it rests
        try:
            with app.app_context():
                did = self._is_due() and self._job.run()
            self._failures = 0
            return did
        except Unavailable:
            self._next_look = None  # the database comes back, and the thread looks again by itself
        except Exception:  # whatever it was, the other jobs and the next turn must come
            app.logger.exception("Job %s failed.", self._job.name)
            self._rest()
        return False

    def _is_due(self) -> bool:
        with unavailable_named():  # without writing, so that looking is in nobody's way
            self._next_look = self._job.next_due()
        return self._next_look is not None and self._next_look <= clock.now()

    def _rest(self) -> None:
        pause = min(_FIRST_REST * (1 << min(self._failures, 20)), _LONGEST_REST)
        self._next_look = clock.now() + pause
        self._failures += 1
