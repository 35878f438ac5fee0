"""Signing in with e-mail and password: as slow for an unknown e-mail as for a wrong password.

Each try is counted before the password is hashed, for the account and for the sender
(`accounts/sign_in_budget`). A browser in which the person has signed in before has a count of its own, so
that nobody can lock it out by guessing. Whoever is refused can always use a sign-in link.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from sqlalchemy import select

from app.accounts import sign_in_budget
from app.accounts.actions import start_session
from app.accounts.hashing_queue import in_hashing_queue
from app.accounts.models import Person
from app.accounts.passwords import hash_password, is_outdated, verify_password
from app.accounts.sign_in_budget import Budget, of_account, of_device, of_peer
from app.audit.verbs import Verb
from app.core.db import db, transaction
from app.core.errors import Unavailable

_LOG = logging.getLogger(__name__)
DeviceMark = Callable[[int], str]
"""Finds the mark of the browser for a person; empty for a browser that is not known."""


def sign_in_with_password(
    email: str, password: str, *, peer: str, device_mark: DeviceMark
) -> tuple[Person, str] | None:
    """The active person whom both belong to and the token of a new session, or None.

    `peer` is the address of the sender, empty if it is not known. None also when there were too many tries.
    Raises `Unavailable` when too many people are signing in at this moment.
    """
    address = email.strip().lower()
    found = select(Person.id, Person.password).where(Person.email == address, Person.active)
    person_id, stored = db.session.execute(found).one_or_none() or (0, None)
    db.session.rollback()  # no read is held open while the hash is made
    budgets = _taken(address, peer, device_mark(person_id) if person_id else "")
    if budgets is None:
        _log_refusal("too many tries", person_id, peer)
        return None
    try:
        matches, current = in_hashing_queue(_verified, stored, password)
    except Unavailable:
        with transaction():
            sign_in_budget.give_back(budgets)
        raise
    if stored is None or not matches:
        sign_in_budget.forget_old()
        _log_refusal("wrong password", person_id, peer)
        return None
    return _start_session(address, stored, current, budgets)


def _taken(address: str, peer: str, mark: str) -> Sequence[Budget] | None:
    """The budgets in which this try has been counted. None when it may not be made."""
    known = [of_device(mark)] if mark else []
    if known and sign_in_budget.take(known):
        return known
    # The sender first: one that has none left cannot use up the tries of any account.
    common = [*([of_peer(peer)] if peer else []), of_account(address)]
    return common if sign_in_budget.take(common) else None


def _log_refusal(why: str, person_id: int, peer: str) -> None:
    """Log a failed sign-in. What was typed is not logged: people type passwords into the wrong field."""
    whom = f"person {person_id}" if person_id else "no account"
    _LOG.warning("Sign-in refused: %s, %s, from %s.", why, whom, peer or "an unknown address")


def _verified(stored: str | None, password: str) -> tuple[bool, str]:
    """Whether `stored` was made from `password`, and the hash to keep of it from now on."""
    if stored is None:
        hash_password(password)  # the same work as for an account that exists
        return False, ""
    if not verify_password(password, stored):
        return False, ""
    return True, hash_password(password) if is_outdated(stored) else stored


def _start_session(
    address: str, verified: str, current: str, budgets: Sequence[Budget]
) -> tuple[Person, str] | None:
    """A session for whoever still has the password that was verified: that took a moment."""
    with transaction():
        unchanged = (Person.email == address, Person.active, Person.password == verified)
        person = db.session.scalar(select(Person).where(*unchanged).with_for_update())
        if person is None:
            return None
        person.password = current
        sign_in_budget.give_back(budgets)
        sign_in_budget.reset(of_account(address))
        return person, start_session(person, Verb.SIGN_IN_BY_PASSWORD)
