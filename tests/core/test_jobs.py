"""One thread runs due jobs: on time, in turns, woken by a commit, and also after errors."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from math import inf

import pytest
from flask import Flask
from sqlalchemy import insert

from app.core import clock
from app.core import jobs as core_jobs
from app.core.db import db, transaction
from app.core.jobs import Job, Jobs
from tests.core import moments

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        moments.make_tables()
        yield


@pytest.fixture
def jobs(app: Flask) -> Iterator[Jobs]:
    jobs = Jobs(app)
    jobs.add(moments.job())
    yield jobs
    jobs.stop()


def run_after(jobs: Jobs, time: timedelta) -> float:
    with clock.moved_to(clock.now() + time):
        return jobs.run_due()


def happened() -> list[int]:
    return [moment_id for moment_id, _process in moments.effects()]


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def always_due(run: Callable[[], bool], name: str = "busy") -> Job:
    return Job(name, lambda: clock.now() - SECOND, run)


def test_what_is_due_is_done_in_order_and_the_rest_waits(jobs: Jobs) -> None:
    now = clock.now()
    moments.put(now + 2 * SECOND, now + SECOND, now + 60 * SECOND)
    assert run_after(jobs, timedelta()) <= 1
    assert happened() == []
    assert 50 < run_after(jobs, 3 * SECOND) < 60
    assert happened() == [2, 1]
    assert run_after(jobs, 61 * SECOND) == inf
    assert happened() == [2, 1, 3]


def test_a_commit_wakes_the_thread(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_jobs, "LOOK", 1000.0)
    jobs.start()
    time.sleep(0.5)  # it has looked, and sleeps
    moments.put(clock.now())
    wait_until(happened)


def test_the_thread_sleeps_no_longer_than_until_the_next_moment(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_jobs, "LOOK", 1000.0)
    due_at = clock.now() + 3 * SECOND
    moments.put(due_at)
    jobs.start()
    assert happened() == []
    wait_until(happened)
    assert clock.now() >= due_at


def test_what_another_process_has_made_due_is_found(jobs: Jobs) -> None:
    jobs.start()
    time.sleep(0.5)
    with transaction() as session:  # and nobody is woken
        session.execute(insert(moments.MOMENT).values(due_at=clock.now()))
    wait_until(happened)


def test_jobs_take_turns(app: Flask) -> None:
    """A job waits for at most one step of another job, even if that has much to do."""
    jobs = Jobs(app)
    turns: list[str] = []

    def flood() -> bool:
        turns.append("flood")
        if len(turns) == 3:
            moments.put(clock.now() - SECOND)  # becomes due meanwhile
        return len(turns) < 20

    jobs.add(always_due(flood))
    jobs.add(moments.job(lambda point: turns.append(point) if point == "committed" else None))
    jobs.run_due()
    assert turns.index("committed") == 3
    assert len(turns) > 10


def test_what_others_are_at_is_looked_at_again_soon(app: Flask) -> None:
    jobs = Jobs(app)
    jobs.add(always_due(lambda: False))
    assert 0 < jobs.run_due() < 1


def test_it_stops(jobs: Jobs) -> None:
    jobs.start()
    jobs.stop()
    assert not jobs._thread.is_alive()
    moments.put(clock.now())
    jobs.run_due()
    assert happened() == []


def test_nothing_is_started_for_no_jobs(app: Flask) -> None:
    jobs = Jobs(app)
    jobs.start()
    assert not jobs._thread.is_alive()
    jobs.stop()


def test_each_run_has_a_session_of_its_own(app: Flask) -> None:
    jobs = Jobs(app)
    sessions: list[int] = []
    mine = id(db.session())

    def run() -> bool:
        sessions.append(id(db.session()))
        return len(sessions) < 2

    jobs.add(always_due(run))
    jobs.run_due()
    assert mine not in sessions
