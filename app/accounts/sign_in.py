"""Judging an e-mail and password: as slow for an unknown e-mail as for a wrong password, and only so often.

Failures are rows, so that the limit holds for all workers and over a restart (ATTACKS.md S5, S6).
"""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta

from flask_security.utils import hash_password, verify_password
from sqlalchemy import delete, func, select

from app.accounts.models import Person, SignInFailure
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Unavailable

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 10
# Each hash takes 64 MiB and a tenth of a second: more at once would starve the readers of the same machine.
_HASHING = threading.BoundedSemaphore(2)


def person_with_password(email: str, password: str) -> Person | None:
    """The active person whom both belong to, or None; after 10 failures in 15 minutes always None.

    Raises `Unavailable` when too many people are signing in at this moment.
    """
    email_hash = hashlib.sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()
    person = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    locked = _failures(email_hash) >= MOST_FAILURES
    stored = person.password if person is not None and person.active else None
    db.session.rollback()  # no read is held open while the hash is made
    if _matches(stored, password) and not locked:
        return person
    _note_failure(email_hash)
    return None


def _failures(email_hash: str) -> int:
    recent = select(func.count()).where(
        SignInFailure.email_hash == email_hash, SignInFailure.at > clock.now() - WINDOW
    )
    return db.session.scalar(recent) or 0


def _matches(stored: str | None, password: str) -> bool:
    if not _HASHING.acquire(timeout=3):
        raise Unavailable("Many people are signing in at this moment.", retry_after=3)
    try:
        if stored is None:
            hash_password(password)  # the same work as for an account that exists
            return False
        return bool(verify_password(password, stored))
    finally:
        _HASHING.release()


def _note_failure(email_hash: str) -> None:
    with transaction() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.at < clock.now() - WINDOW))
        session.add(SignInFailure(email_hash=email_hash, at=clock.now()))
