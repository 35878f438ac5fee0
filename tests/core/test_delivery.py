"""Due entries are given to `send`, whose result decides about them. An error of our own loses nothing."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock, outbox
from app.core.db import db
from app.core.delivery import NotDelivered, ReceiverAway, delivery
from app.core.jobs import Jobs
from app.core.outbox import Claim
from tests.core.test_outbox import Interrupted, kept, put, put_half_way

MINUTE = timedelta(minutes=1)


class Post:
    """Keeps what it should send, and raises `trouble` for keys that start with `bad`."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, object]] = []
        self.trouble: Exception | None = None

    def send(self, claimed: Claim) -> None:
        assert not db.session().in_transaction()
        if self.trouble and claimed.keys[0].startswith("bad"):
            raise self.trouble
        self.sent += [(entry.key, entry.payload) for entry in claimed.entries]


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def jobs(app: Flask, post: Post) -> Jobs:
    jobs = Jobs(app)
    jobs.add(delivery("mail", post.send))
    return jobs


def run_after(jobs: Jobs, time: timedelta) -> None:
    with clock.moved_to(clock.now() + time):
        jobs.run_due()


def test_what_is_due_is_sent_once_with_its_payload(post: Post, jobs: Jobs) -> None:
    put("amina", "brian")
    run_after(jobs, MINUTE)
    assert post.sent == [("amina", {"to": "amina"}), ("brian", {"to": "brian"})]
    run_after(jobs, 2 * outbox.CLAIM)
    assert (len(post.sent), kept()) == (2, [])


@pytest.mark.parametrize(
    ("trouble", "at_first"),
    [
        (NotDelivered("no such address"), (["good"], "mail: no such address: bad")),
        (ReceiverAway("no answer"), ([], "mail: no answer: bad")),
        (ZeroDivisionError("ours"), (["good"], "mail: sending failed: bad")),
    ],
)
def test_what_could_not_be_sent_waits_and_is_sent_later(
    post: Post,
    jobs: Jobs,
    trouble: Exception,
    at_first: tuple[list[str], str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent_meanwhile, said = at_first
    put("bad", "good")
    post.trouble = trouble
    run_after(jobs, timedelta())
    assert [key for key, _payload in post.sent] == sent_meanwhile
    (message,) = caplog.messages
    assert message.startswith(said)
    post.trouble = None
    run_after(jobs, MINUTE)
    assert sorted(key for key, _payload in post.sent) == ["bad", "good"]
    assert kept() == []


def test_what_fails_for_a_day_is_given_up_and_said_so(
    post: Post, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    put("bad")
    post.trouble = NotDelivered("no such address")
    run_after(jobs, timedelta())
    run_after(jobs, timedelta(hours=23))
    assert kept() == ["bad"]
    caplog.clear()
    run_after(jobs, timedelta(hours=25))
    assert kept() == []
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().endswith("for a day, and will not be: bad")


def test_what_takes_several_gets_several(app: Flask, post: Post) -> None:
    jobs = Jobs(app)
    sizes: list[int] = []
    jobs.add(delivery("mail", lambda claimed: sizes.append(len(claimed.keys)), most=2))
    put("a", "b", "c")
    run_after(jobs, MINUTE)
    assert sizes == [2, 1]


def test_an_act_that_is_not_done_sends_nothing(post: Post, jobs: Jobs) -> None:
    with pytest.raises(Interrupted):
        put_half_way()
    run_after(jobs, MINUTE)
    assert post.sent == []
