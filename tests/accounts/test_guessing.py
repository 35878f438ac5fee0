"""Guessing passwords: tries count beforehand, a known browser is not locked out, and the log tells."""

import base64
import hashlib
import hmac
import logging
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from app.accounts import sign_in_budget
from app.accounts.actions import (
    change_role,
    make_sign_in_link,
    resume,
    set_password,
    suspend,
    use_link,
)
from app.accounts.actors import Operator
from app.accounts.hashing_queue import in_hashing_queue
from app.accounts.models import Person, SignInBudget
from app.accounts.passwords import verify_password
from app.accounts.permissions import Role
from app.accounts.sign_in_budget import of_account, take
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Conflict, NotFound, NotReady
from tests.accounts.test_password import LIST, PASSWORD, try_to_sign_in
from tests.support.cast import Newsroom, Visitor

AMINA = "amina@news.example.com"
NINE = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """The cast, in which Amina has a password."""
    with transaction():
        set_password(newsroom.person("amina"), PASSWORD, by=Operator())
    return newsroom


def browser(room: Newsroom, address: str = "203.0.113.7") -> Visitor:
    """A browser that nobody has signed in with, at this address."""
    visitor = Visitor(room.app.test_client())
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor


def test_a_known_browser_is_not_locked_out_by_guesses_elsewhere(room: Newsroom) -> None:
    known = browser(room, "198.51.100.1")
    assert try_to_sign_in(known, AMINA, PASSWORD).status_code == 303
    known.get(LIST)
    known.post("/newsroom/session/delete")
    attacker = browser(room)
    for _ in range(15):
        try_to_sign_in(attacker, AMINA, "wrong")
    assert try_to_sign_in(browser(room, "198.51.100.2"), AMINA, PASSWORD).status_code == 401
    assert try_to_sign_in(known, AMINA, PASSWORD).status_code == 303


def test_a_browser_that_a_link_has_signed_in_is_known(room: Newsroom) -> None:
    known = browser(room, "198.51.100.1")
    known.sign_in(room.link_for("amina"))
    known.post("/newsroom/session/delete")
    for _ in range(12):
        try_to_sign_in(browser(room), AMINA, "wrong")
    assert try_to_sign_in(known, AMINA, PASSWORD).status_code == 303


def test_a_known_browser_has_a_limit_too_and_is_known_for_its_people_alone(room: Newsroom) -> None:
    with transaction():
        set_password(room.person("dana"), PASSWORD, by=Operator())
    stolen = browser(room, "198.51.100.1")
    stolen.sign_in(room.link_for("amina"))
    stolen.post("/newsroom/session/delete")
    for _ in range(20):  # ten as a known browser, ten as any other
        try_to_sign_in(stolen, AMINA, "wrong")
    assert try_to_sign_in(stolen, AMINA, PASSWORD).status_code == 401
    for _ in range(10):
        take([of_account("dana@news.example.com")])
    fresh = browser(room, "198.51.100.3")
    fresh.sign_in(room.link_for("amina"))
    fresh.post("/newsroom/session/delete")
    assert try_to_sign_in(fresh, "dana@news.example.com", PASSWORD).status_code == 401


def test_a_cookie_that_we_have_not_signed_makes_no_browser_known(room: Newsroom) -> None:
    known = browser(room, "198.51.100.1")
    answer = try_to_sign_in(known, AMINA, PASSWORD)
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if "device" in each)
    assert "HttpOnly" in cookie
    assert "Path=/newsroom" in cookie
    assert "SameSite=Lax" in cookie
    name, _, value = cookie.partition(";")[0].partition("=")
    for _ in range(10):
        try_to_sign_in(browser(room), AMINA, "wrong")
    signed, _, signature = value.rpartition(".")
    # Not its last letter: some of the bits of that one mean nothing (RFC 4648, section 3.5).
    other_signature = ("b" if signature[0] == "a" else "a") + signature[1:]
    for forged in (f"{signed}.{other_signature}", "", "x.y.z", "%00"):
        other = browser(room, "198.51.100.2")
        other.client.set_cookie(name, forged, path="/newsroom")
        assert try_to_sign_in(other, AMINA, PASSWORD).status_code == 401, forged


def test_one_sender_has_so_many_tries_for_all_accounts(room: Newsroom) -> None:
    attacker = browser(room)
    with clock.moved_to(NINE):
        for number in range(30):
            try_to_sign_in(attacker, f"somebody{number}@news.example.com", "wrong")
        assert try_to_sign_in(attacker, AMINA, PASSWORD).status_code == 401
        assert try_to_sign_in(browser(room, "198.51.100.2"), AMINA, PASSWORD).status_code == 303
        before = db.session.scalar(select(func.count()).select_from(SignInBudget))
        for number in range(5):  # they do not fill the table either
            try_to_sign_in(attacker, f"another{number}@news.example.com", "wrong")
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(SignInBudget)) == before
    with clock.moved_to(NINE + timedelta(minutes=16)):
        assert try_to_sign_in(attacker, AMINA, PASSWORD).status_code == 303


def test_who_signs_in_does_not_use_up_the_tries_of_an_office(room: Newsroom) -> None:
    for _ in range(35):
        assert try_to_sign_in(browser(room), AMINA, PASSWORD).status_code == 303


def test_parallel_tries_do_not_go_beyond_the_limit(app: Flask, room: Newsroom) -> None:
    budget, allowed = of_account(AMINA), []
    for _ in range(9):
        take([budget])
    ready = threading.Barrier(8)

    def attempt() -> None:
        with app.app_context():
            ready.wait()
            allowed.append(take([budget]))

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 7 + [True]


@contextmanager
def hashing_held_up(app: Flask, places: int) -> Iterator[None]:
    """So many places of the hashing queue are taken by work that goes on until the block ends."""
    started, go_on = threading.Semaphore(0), threading.Event()

    def wait() -> bool:
        started.release()
        return go_on.wait(20)

    def work() -> None:
        with app.app_context():
            in_hashing_queue(wait)

    threads = [threading.Thread(target=work) for _ in range(places)]
    for thread in threads:
        thread.start()
    started.acquire()
    time.sleep(0.2)  # until the second one, if any, waits in the queue
    try:
        yield
    finally:
        go_on.set()
        for thread in threads:
            thread.join()


def test_a_try_counts_before_the_password_is_looked_at(app: Flask, room: Newsroom) -> None:
    visitor, answers = browser(room), list[int]()
    visitor.get("/newsroom/sign-in")

    def attempt() -> None:
        answers.append(try_to_sign_in(visitor, AMINA, "wrong").status_code)

    with hashing_held_up(app, places=1):
        thread = threading.Thread(target=attempt)
        thread.start()
        deadline = time.monotonic() + 10
        while tries_of(AMINA) == 0 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert (tries_of(AMINA), answers) == (1, [])
    thread.join()
    assert (tries_of(AMINA), answers) == (1, [401])


def tries_of(email: str) -> int:
    """How many tries for an account are counted now."""
    db.session.rollback()
    held = select(SignInBudget.tries).where(SignInBudget.key == of_account(email).key)
    return db.session.scalar(held) or 0


def test_what_the_full_queue_refuses_does_not_count(app: Flask, room: Newsroom) -> None:
    with hashing_held_up(app, places=2):
        for _ in range(12):
            assert try_to_sign_in(browser(room), AMINA, PASSWORD).status_code == 503
    assert try_to_sign_in(browser(room), AMINA, PASSWORD).status_code == 303


def test_failures_are_logged_without_what_was_typed(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "app.accounts.sign_in"):
        for _ in range(11):
            try_to_sign_in(browser(room), AMINA, "my secret guess")
        try_to_sign_in(browser(room), "my pass phrase", "x")
    amina = room.person("amina").id
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0] == f"Sign-in refused: wrong password, person {amina}, from 203.0.113.7."
    assert lines[10] == f"Sign-in refused: too many tries, person {amina}, from 203.0.113.7."
    assert lines[11] == "Sign-in refused: wrong password, no account, from 203.0.113.7."
    assert "guess" not in caplog.text
    assert "phrase" not in caplog.text


def test_old_counts_are_swept(room: Newsroom) -> None:
    with clock.moved_to(NINE):
        for number in range(20):
            take([of_account(f"{number}")])
    with clock.moved_to(NINE + timedelta(minutes=16)):
        sign_in_budget.forget_old()
    assert db.session.scalar(select(func.count()).select_from(SignInBudget)) == 0


EASY = (
    *("aaaaaaaaaaaa", "x" * 1024, "123456789012", "passwordpassword", "qwertyuiopas"),
    *("trustno1trustno1", "Amina Rahimi", "aminarahimi1", "abcdefghijkl", "ab" * 300),
)


def test_passwords_that_are_guessed_first_are_refused(newsroom: Newsroom) -> None:
    for password in EASY:
        with pytest.raises(NotReady, match="guessed"), transaction():
            set_password(newsroom.person("amina"), password, by=Operator())


def test_one_password_in_two_unicode_forms_is_one(room: Newsroom) -> None:
    composed = unicodedata.normalize("NFC", "été à la rivière")
    parts = unicodedata.normalize("NFD", composed)
    assert composed != parts
    for typed, set_as in ((composed, parts), (parts, composed)):
        with transaction():
            set_password(room.person("amina"), set_as, by=Operator())
        assert try_to_sign_in(browser(room), AMINA, typed).status_code == 303
    with pytest.raises(NotReady, match="12 characters"), transaction():
        set_password(room.person("amina"), unicodedata.normalize("NFD", "éàèùâêî"), by=Operator())


def test_a_hash_of_the_form_that_was_sent_still_verifies(app: Flask) -> None:
    """Hashes of earlier releases were made from the password as the keyboard sent it."""
    parts = unicodedata.normalize("NFD", "été à la rivière")
    with app.app_context():
        key: bytes = app.extensions["passwords"]
        keyed = base64.b64encode(hmac.new(key, parts.encode(), hashlib.sha512).digest())
        earlier = PasswordHasher().hash(keyed)
        assert verify_password(parts, earlier)
        assert not verify_password(parts + "!", earlier)


ENDING = {
    "another password": lambda person: set_password(person, "three mild rivers", by=Operator()),
    "another role": lambda person: change_role(person, Role.CONTRIBUTOR, by=Operator()),
    "suspended": lambda person: suspend(person, by=Operator()),
}


@pytest.mark.parametrize("name", ENDING)
def test_a_sign_in_link_dies_with_a_password_role_or_state(newsroom: Newsroom, name: str) -> None:
    with transaction():
        token = make_sign_in_link(newsroom.person("amina"), by=Operator())
    with transaction():
        ENDING[name](newsroom.person("amina"))
    if name == "suspended":
        with transaction():
            resume(newsroom.person("amina"), by=Operator())
    with pytest.raises(NotFound), transaction():
        use_link(token)


def test_the_last_admin_is_not_suspended(newsroom: Newsroom) -> None:
    def person(key: str) -> Person:
        return newsroom.person(key)

    with pytest.raises(Conflict, match="only admin"), transaction():
        suspend(person("dana"), by=Operator())
    with transaction():
        suspend(person("amina"), by=Operator())
    for act, said in ((suspend, "suspended already"), (resume, "is not suspended")):
        with pytest.raises(Conflict, match=said), transaction():
            act(person("amina" if act is suspend else "brian"), by=Operator())
