"""After any error in a job, the thread lives, other jobs continue, and the job is tried again later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import inf

import pytest
from flask import Flask

from app.core import clock
from app.core.errors import Unavailable
from app.core.jobs import Job, Jobs
from tests.core import moments
from tests.core.test_jobs import SECOND, always_due, happened, run_after, wait_until


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        moments.make_tables()
        yield


@pytest.fixture
def jobs(app: Flask) -> Iterator[Jobs]:
    """Jobs whose thread ends with the test; none is added yet."""
    jobs = Jobs(app)
    yield jobs
    jobs.stop()


def fails() -> bool:
    raise ZeroDivisionError


def test_a_job_that_fails_rests_and_others_go_on(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    jobs.add(always_due(fails, "broken"))
    jobs.add(moments.job())
    moments.put(clock.now(), clock.now())
    assert 4 < run_after(jobs, timedelta()) <= 5
    assert happened() == [1, 2]
    assert caplog.messages == ["Job broken failed."]
    run_after(jobs, 3 * SECOND)
    assert len(caplog.messages) == 1
    assert 9 < run_after(jobs, 6 * SECOND) <= 16
    assert len(caplog.messages) == 2


def test_a_failure_ends_neither_the_thread_nor_the_job(jobs: Jobs) -> None:
    trouble = [ZeroDivisionError(), KeyError()]

    def run() -> bool:
        if trouble:
            raise trouble.pop()
        return first()

    first = moments.job().run
    jobs.add(Job("at first", moments.next_due, run))
    moments.put(clock.now())
    jobs.start()
    wait_until(lambda: len(trouble) == 1)
    run_after(jobs, timedelta(minutes=1))
    assert trouble == []
    assert run_after(jobs, timedelta(minutes=2)) == inf
    assert happened() == [1]
    assert jobs._thread.is_alive()


def test_rests_grow_to_a_minute_and_end_with_a_success(jobs: Jobs) -> None:
    broken = True

    def run() -> bool:
        if broken:
            raise ZeroDivisionError
        return False

    jobs.add(always_due(run))
    now, rests = clock.now(), []
    for _ in range(6):
        with clock.moved_to(now):
            rests.append(jobs.run_due())
            now += timedelta(seconds=rests[-1])
    assert rests == [5, 10, 20, 40, 60, 60]
    broken = False
    with clock.moved_to(now):
        assert jobs.run_due() < 1
    broken = True
    with clock.moved_to(now):
        assert jobs.run_due() == 5


def test_a_lost_database_is_waited_for_without_a_word(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    def lost() -> datetime | None:
        raise Unavailable("The database does not answer at the moment.")

    jobs.add(Job("lost", lost, fails))
    assert run_after(jobs, timedelta()) == inf
    assert caplog.messages == []


def test_a_moment_that_is_refused_leaves_nothing_and_does_not_hold_up_others(jobs: Jobs) -> None:
    refusals = ["effected"]

    def reached(point: str) -> None:
        if point in refusals:
            refusals.remove(point)
            raise moments.Refused

    jobs.add(moments.job(reached))
    moments.put(clock.now(), clock.now())
    assert run_after(jobs, SECOND) == inf
    assert happened() == [2]
    assert moments.left() == 0
