"""The outbox keeps an entry, gives it to one process at a time, and again if that process fails."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.events import due_changed
from app.core.outbox import Claim, OutboxEntry

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def put(*keys: str, kind: str = "mail") -> None:
    with transaction():
        outbox.put(kind, {key: {"to": key} for key in keys}, clock.now())


def claim(most: int = 100, kind: str = "mail", after: timedelta = SECOND) -> Claim:
    """The entries that are due after this time. There must be some."""
    with clock.moved_to(clock.now() + after), transaction():
        claimed = outbox.claim(kind, most)
    assert claimed is not None
    return claimed


def nothing_due(kind: str = "mail", after: timedelta = SECOND) -> bool:
    with clock.moved_to(clock.now() + after), transaction():
        return outbox.claim(kind, 100) is None


def kept(kind: str = "mail") -> list[str]:
    db.session.rollback()
    by_age = select(OutboxEntry.key).where(OutboxEntry.kind == kind).order_by(OutboxEntry.id)
    return list(db.session.scalars(by_age))


def put_off(claimed: Claim) -> None:
    with transaction():
        outbox.put_off(claimed)


class Interrupted(Exception):
    """What a test raises half-way."""


def put_half_way() -> None:
    with transaction():
        outbox.put("mail", {"lost": {}}, clock.now())
        raise Interrupted


def test_what_is_put_is_kept_with_the_act_and_not_without(app: Flask) -> None:
    heard: list[str] = []
    with due_changed.connected_to(heard.append):
        with pytest.raises(Interrupted):
            put_half_way()
        assert (kept(), heard) == ([], [])
        with transaction():
            outbox.put("mail", {"kept": {}}, clock.now())
            assert heard == []
        assert (kept(), heard) == (["kept"], ["mail"])


def test_nothing_is_due_before_its_time() -> None:
    with transaction():
        outbox.put("mail", {"later": {}}, clock.now() + timedelta(minutes=1))
    assert nothing_due()
    due_at = outbox.next_due("mail")
    assert due_at is not None
    assert 50 < (due_at - clock.now()).total_seconds() <= 60
    assert claim(after=timedelta(minutes=1)).keys == ("later",)


def test_a_claim_holds_what_was_put() -> None:
    with transaction():
        outbox.put("mail", {"amina": {"subject": "Ž", "copies": [1, None]}}, clock.now())
    (entry,) = claim().entries
    assert (entry.key, entry.payload) == ("amina", {"subject": "Ž", "copies": [1, None]})
    assert entry.tries == 0


def test_what_is_claimed_belongs_to_nobody_else_until_the_claim_expires() -> None:
    put("a")
    first = claim()
    assert nothing_due(after=outbox.CLAIM)
    again = claim(after=outbox.CLAIM + 2 * SECOND)
    assert again == first


def test_many_threads_claim_each_entry_once(app: Flask) -> None:
    keys = [f"key-{number}" for number in range(40)]
    put(*keys)
    now = clock.now() + SECOND
    claimed: list[str] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        with app.app_context(), clock.moved_to(now):
            while len(claimed) < len(keys):
                with transaction():
                    found = outbox.claim("mail", 1)
                claimed.extend(found.keys if found else ())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Counter(claimed) == dict.fromkeys(keys, 1)


def test_a_key_that_was_put_again_is_claimed_as_a_whole() -> None:
    put("a", "b")
    put("a")
    claimed = claim(most=1)
    assert [entry.key for entry in claimed.entries] == ["a", "a"]
    assert claimed.keys == ("a",)
    with transaction():
        outbox.done(claimed)
    assert kept() == ["b"]


def test_what_is_put_while_its_key_is_being_sent_stays() -> None:
    put("a")
    claimed = claim()
    put("a")
    with transaction():
        outbox.done(claimed)
    assert kept() == ["a"]


def test_what_has_failed_least_comes_first() -> None:
    put("a")
    put_off(claim())
    put("b")
    assert claim(most=1, after=timedelta(minutes=1)).keys == ("b",)


def test_kinds_do_not_disturb_each_other() -> None:
    put("a", "b")
    put("a", kind="webhook")
    claimed = claim(most=1)
    with transaction():
        outbox.put_all_off(claimed)
    assert nothing_due()
    assert claim(kind="webhook").keys == ("a",)
    with clock.moved_to(clock.now() + timedelta(days=2)), transaction():
        assert outbox.give_up("webhook") == set()
        assert outbox.give_up("mail") == {"a", "b"}
    assert (kept(), kept("webhook")) == ([], ["a"])


def test_what_is_put_off_alone_leaves_the_rest_due() -> None:
    put("a", "b")
    put_off(claim(most=1))
    assert claim().keys == ("b",)
    assert claim(after=timedelta(seconds=7)).keys == ("a",)


def test_what_fails_for_long_is_counted_until_it_is_given_up() -> None:
    put("a", "b")
    put_off(claim(most=1))
    hour = timedelta(hours=1)
    assert outbox.failing("mail", hour) == 0
    with clock.moved_to(clock.now() + 2 * hour):
        assert outbox.failing("mail", hour) == 1
    with clock.moved_to(clock.now() + 25 * hour):
        assert outbox.failing("mail", hour) == 0


def test_no_id_is_given_twice() -> None:
    """A row may be deleted while it is being sent. The result must then not be stored in a new row."""
    put("a")
    claimed = claim()
    with transaction():
        outbox.done(claimed)
    put("b")
    assert claim().entries[0].id != claimed.entries[0].id
