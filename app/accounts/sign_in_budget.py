"""How many tries to sign in with a password an account, a sender and a known browser have.

A try is counted before the password is looked at, in one statement for each count: parallel tries in any
number of processes cannot go beyond the limit. Counts are kept under keyed hashes, for a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, select, text, update

from app.accounts.models import SignInBudget
from app.accounts.passwords import keyed_hash
from app.core import clock
from app.core.db import UtcDateTime, db, transaction

WINDOW = timedelta(minutes=15)
MOST_BY_ACCOUNT = 10
# Many people may share one address. Each try that gets in is given back.
MOST_BY_PEER = 30
MOST_BY_DEVICE = 10
_SWEPT_AT_ONCE = 100

_TAKE = text(
    "INSERT INTO sign_in_budget (key, tries, since) VALUES (:key, 1, :now) "
    "ON CONFLICT (key) DO UPDATE SET "
    "tries = CASE WHEN sign_in_budget.since <= :start THEN 1 ELSE sign_in_budget.tries + 1 END, "
    "since = CASE WHEN sign_in_budget.since <= :start THEN :now ELSE sign_in_budget.since END "
    "RETURNING tries"
).bindparams(bindparam("now", type_=UtcDateTime), bindparam("start", type_=UtcDateTime))


@dataclass(frozen=True)
class Budget:
    """One count: `key` says of whom, `most` how many tries they have in a quarter of an hour."""

    key: str
    most: int


def of_account(email: str) -> Budget:
    """The tries for the account of an e-mail, whether there is one or not."""
    return Budget(keyed_hash(f"account {email}"), MOST_BY_ACCOUNT)


def of_peer(peer: str) -> Budget:
    """The tries from one address."""
    return Budget(keyed_hash(f"peer {peer}"), MOST_BY_PEER)


def of_device(mark: str) -> Budget:
    """The tries from a browser in which the person has signed in before."""
    return Budget(keyed_hash(f"device {mark}"), MOST_BY_DEVICE)


def take(budgets: Sequence[Budget]) -> bool:
    """Count one try in each of `budgets`, in their order, until one has none left. Whether all had one."""
    now = clock.now()
    with transaction() as session:
        for budget in budgets:
            values = {"key": budget.key, "now": now, "start": now - WINDOW}
            if session.execute(_TAKE, values).scalar_one() > budget.most:
                return False
    return True


def give_back(budgets: Sequence[Budget]) -> None:
    """Take back the try that was counted in each of `budgets`: it got in, or was never made."""
    for budget in budgets:
        db.session.execute(
            update(SignInBudget)
            .where(SignInBudget.key == budget.key, SignInBudget.tries > 0)
            .values(tries=SignInBudget.tries - 1)
        )


def reset(budget: Budget) -> None:
    """Forget all tries of `budget`."""
    db.session.execute(delete(SignInBudget).where(SignInBudget.key == budget.key))


def forget_old() -> None:
    """Delete some counts that are out of date. Rows in which others are counting now are left."""
    old = (
        select(SignInBudget.key)
        .where(SignInBudget.since <= clock.now() - WINDOW)
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    with transaction() as session:
        keys = session.scalars(old).all()
        if keys:
            session.execute(delete(SignInBudget).where(SignInBudget.key.in_(keys)))
