"""Server processes that do what is due, without a server. Run by `test_jobs_killed` in their own processes.

`python -m tests.core.processes compete FILE` says "ready", waits for a line and does all that is due.
`… die FILE` has a fork killed with SIGKILL at each point on the way, and prints what is left each time, and
again after another process has taken over. Signals are sent by writing a line to FILE. The settings come from
the environment.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, event, func, select

from app import create_app
from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.delivery import delivery
from app.core.jobs import Job, Jobs
from app.core.outbox import CLAIM, Claim, OutboxEntry
from tests.core import moments
from tests.core.moments import Reached

KIND = "test"
MOMENT_POINTS = ("claimed", "effected", "noted", "committing", "committed")
SIGNAL_POINTS = ("claimed", "sent")


def signals(file: Path, reached: Reached = lambda _point: None) -> Job:
    """A job that sends by writing to `file`."""

    def send(claimed: Claim) -> None:
        reached("claimed")
        with file.open("a") as receiver:
            receiver.writelines(f"{key} {os.getpid()}\n" for key in claimed.keys)
        reached("sent")

    return delivery(KIND, send)


def jobs_of(app: Flask, *jobs: Job) -> Jobs:
    """These jobs, as a server process has them."""
    made = Jobs(app)
    for each in jobs:
        made.add(each)
    return made


def compete(app: Flask, file: Path) -> None:
    """Do all that is due, of both kinds, against others."""
    jobs = jobs_of(app, moments.job(), signals(file))
    with app.app_context():
        moments.next_due()  # connected, as a server process is
    print("ready", flush=True)
    sys.stdin.readline()
    _do_all(jobs)


def die(app: Flask, file: Path) -> None:
    """Print, for each point, what one death there has left, and what there is after the next process."""
    with app.app_context():
        for point in MOMENT_POINTS:
            die_in_a_moment(app, point)
        for point in SIGNAL_POINTS:
            die_in_a_signal(app, file, point)


def die_in_a_moment(app: Flask, point: str) -> None:
    """At `point` of a moment, that is; nothing of it is left."""
    moments.put(clock.now())
    _killed(jobs_of(app, moments.job(partial(_die_at, point))))
    print(json.dumps(["moment", point, moments.left(), len(moments.effects())]))
    _do_all(jobs_of(app, moments.job()))
    print(json.dumps(["moment", point, moments.left(), len(moments.effects())]))
    with transaction() as session:
        session.execute(delete(moments.EFFECT))


def die_in_a_signal(app: Flask, file: Path, point: str) -> None:
    """At `point` of sending; the next process comes at once, and again when the claim has expired."""
    with transaction():
        outbox.put(KIND, {"a": {}}, clock.now())
    _killed(jobs_of(app, signals(file, partial(_die_at, point))))
    for time_gone in (timedelta(), CLAIM):
        with clock.moved_to(clock.now() + time_gone):
            jobs_of(app, signals(file)).run_due()
        db.session.rollback()
        kept = db.session.scalar(select(func.count()).select_from(OutboxEntry))
        print(json.dumps(["signal", point, kept, file.read_text().count("\n")]))
    file.write_text("")


def _die_at(point: str, reached: str) -> None:
    if point == "committing" and reached == "noted":
        event.listen(db.engine, "commit", lambda _connection: _die())
    elif point == reached:
        _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(jobs: Jobs) -> None:
    """Have a fork do what is due until it is killed."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        jobs.run_due()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status), f"it lived: {status}"


def _do_all(jobs: Jobs) -> None:
    """Do what is due until nothing is: PostgreSQL keeps a dead process's row until it misses it."""
    deadline = time.monotonic() + 30
    while jobs.run_due() < 1:
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


if __name__ == "__main__":
    {"compete": compete, "die": die}[sys.argv[1]](create_app(), Path(sys.argv[2]))
