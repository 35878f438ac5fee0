"""Hashes of passwords: old ones are accepted and renewed, and the time of a check reveals nothing."""

import base64
import hmac
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.actions import set_password
from app.accounts.actors import Operator
from app.accounts.passwords import is_outdated, verify_password
from app.accounts.sign_in import sign_in_with_password
from app.core.db import db, transaction
from tests.support.cast import Newsroom
from tests.support.databases import running_app

PASSWORD = "let it stand as it is"
EMAIL = "amina@news.example.com"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """The cast, in which Amina has a password."""
    with transaction():
        set_password(newsroom.person("amina"), PASSWORD, by=Operator())
    return newsroom


def sign_in(room: Newsroom, password: str) -> TestResponse:
    """Amina's answer to the sign-in form."""
    visitor = room.visitor()
    visitor.get("/newsroom/sign-in")
    return visitor.post("/newsroom/session", {"email": EMAIL, "password": password})


# Made by Flask-Security 5.9 from PASSWORD, with this key.
OLD_KEY = "a salt of the tests, made for this vector"
OLD_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$b40xxtg7R2jNmdN6L2UspQ$"
    "A6EdCTRJC6ju5mkj8aOMcW8M0apSIvUpO6T9OXc8mYE"
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_hash_made_by_flask_security_still_verifies(settings: dict[str, str]) -> None:
    keys = {
        "STET_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
        "STET_PASSWORD_SALT": OLD_KEY,
    }
    with running_app(settings | keys) as app, app.app_context():
        assert verify_password(PASSWORD, OLD_HASH)
        assert not verify_password(PASSWORD + "x", OLD_HASH)
        assert not is_outdated(OLD_HASH)
    with running_app(settings) as app, app.app_context():
        assert not verify_password(PASSWORD, OLD_HASH)  # another installation has another key


def test_what_is_no_hash_verifies_nothing(app: Flask) -> None:
    with app.app_context():
        for stored in ("", "x", PASSWORD, "$argon2id$", "$2b$12$" + "a" * 53):
            assert not verify_password(PASSWORD, stored), stored


def test_a_hash_with_other_costs_is_made_anew_when_it_is_used(room: Newsroom) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    amina = room.person("amina")
    with transaction():
        key = room.app.extensions["passwords"]
        keyed = base64.b64encode(hmac.digest(key, PASSWORD.encode(), "sha512"))
        amina.password = old = cheap.hash(keyed)
    assert is_outdated(old)
    wrong = sign_in(room, "wrong, and long enough")
    assert (wrong.status_code, room.person("amina").password) == (401, old)
    assert sign_in(room, PASSWORD).status_code == 303
    db.session.rollback()
    db.session.expire_all()
    renewed = room.person("amina").password
    assert renewed is not None
    assert not is_outdated(renewed)
    assert verify_password(PASSWORD, renewed)


def test_an_unknown_email_takes_as_long_as_a_wrong_password(room: Newsroom) -> None:
    """Each answer takes one hash. Otherwise an unknown e-mail would be answered ten times as fast.

    Measured in time of the processor, because a hash gives way to everything else.
    """

    def quickest(email: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            assert (
                sign_in_with_password(
                    email, "something else entirely", peer="", device_mark=lambda _: ""
                )
                is None
            )
            times.append(time.process_time() - start)
        return min(times)

    known, unknown = quickest(EMAIL), quickest("nobody@news.example.com")
    assert known / 3 < unknown < known * 3


def test_a_password_that_is_changed_while_it_is_verified_signs_nobody_in(room: Newsroom) -> None:
    """Otherwise this session would outlive the password change that ends all sessions."""
    with ThreadPoolExecutor(1) as elsewhere:
        with transaction():
            set_password(room.person("amina"), "another password", by=Operator())
            signing_in = elsewhere.submit(sign_in, room, PASSWORD)
            with pytest.raises(TimeoutError):  # verified by now, it waits for this change
                signing_in.result(timeout=1.5)
        assert signing_in.result().status_code == 401
    assert room.visitor().get("/newsroom/articles").status_code == 302
