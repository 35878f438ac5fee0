"""Signing in with e-mail and password: as slow for an unknown e-mail as for a wrong password.

Ten failures in a quarter of an hour close an account to passwords. Failures are rows, so that
the limit holds for all workers and over a restart.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, func, select

from app.accounts.actions import start_session
from app.accounts.hashing_queue import in_hashing_queue
from app.accounts.models import Person, SignInFailure
from app.accounts.passwords import hash_password, is_outdated, verify_password
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db, transaction

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 10


def sign_in_with_password(email: str, password: str) -> tuple[Person, str] | None:
    """The active person whom both belong to and the token of a new session, or None.

    After 10 failures in 15 minutes always None. Raises `Unavailable` when too many people are signing in at
    this moment.
    """
    address = email.strip().lower()
    email_hash = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()
    stored = db.session.scalar(
        select(Person.password).where(Person.email == address, Person.active)
    )
    locked = _failures(email_hash) >= MOST_FAILURES
    db.session.rollback()  # no read is held open while the hash is made
    matches, current = in_hashing_queue(_verified, stored, password)
    if stored is None or not matches or locked:
        _note_failure(email_hash)
        return None
    return _start_session(address, stored, current)


def _failures(email_hash: str) -> int:
    recent = select(func.count()).where(
        SignInFailure.email_hash == email_hash, SignInFailure.at > clock.now() - WINDOW
    )
    return db.session.scalar(recent) or 0


def _verified(stored: str | None, password: str) -> tuple[bool, str]:
    """Whether `stored` was made from `password`, and the hash to keep of it from now on."""
    if stored is None:
        hash_password(password)  # the same work as for an account that exists
        return False, ""
    if not verify_password(password, stored):
        return False, ""
    return True, hash_password(password) if is_outdated(stored) else stored


def _start_session(address: str, verified: str, current: str) -> tuple[Person, str] | None:
    """A session for whoever still has the password that was verified: that took a moment."""
    with transaction():
        unchanged = (Person.email == address, Person.active, Person.password == verified)
        person = db.session.scalar(select(Person).where(*unchanged).with_for_update())
        if person is None:
            return None
        person.password = current
        return person, start_session(person, Verb.SIGN_IN_BY_PASSWORD)


def _note_failure(email_hash: str) -> None:
    with transaction() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.at < clock.now() - WINDOW))
        session.add(SignInFailure(email_hash=email_hash, at=clock.now()))
