"""What has to be sent to somebody outside, kept in the database until it has been sent.

An act that changes something calls `put` in its own transaction, so that the signal is kept exactly when the
change is. A server process sends it later (`core.delivery`), so that nobody who edits waits for the network.
Every call below is part of the caller's transaction, and those that send make it a short one: nothing is
locked while something is being sent.

Whoever claims an entry has it alone for `CLAIM`: `BEGIN IMMEDIATE` on SQLite and `FOR UPDATE SKIP LOCKED` on
PostgreSQL see to that. A process that ends without a word loses its claim after that time, and another one
sends the entry. So everything is sent at least once, and seldom twice: a receiver who must not act twice is
told `OutboxEntry.id` with it, which is never given to another entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Index,
    String,
    Text,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, UtcDateTime, db
from app.core.events import due_changed

# How long an entry belongs to the process that claimed it; sending has to end well within that time.
CLAIM = timedelta(seconds=30)
# What failed for so long is not tried any more.
GIVEN_UP = timedelta(days=1)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)

Payload = Mapping[str, Any]
"""Anything that JSON can hold, by name."""


class OutboxEntry(Model):
    """`payload` is to be sent about `key`, at `due_at` or later, in the way that `kind` is sent.

    The same `key` may be put again before it has been sent, and then has several rows: whoever puts writes
    rows of their own alone, and so waits for nobody who sends.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "kind", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # How often it could not be sent, and since when.
    tries: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class ClaimedEntry:
    """One entry as it was when it was claimed."""

    id: int
    key: str
    payload: Payload
    tries: int


@dataclass(frozen=True, slots=True)
class Claim:
    """The entries of one kind that this process alone is to send now; at least one."""

    kind: str
    entries: tuple[ClaimedEntry, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What they are about, each once, in the order in which they were put."""
        return tuple(dict.fromkeys(entry.key for entry in self.entries))


def put(kind: str, payloads: Mapping[str, Payload], due_at: datetime) -> None:
    """Keep one entry for each key of `payloads`, to be sent at `due_at` or later, if the act is committed."""
    rows = [
        {"kind": kind, "key": key, "payload": payload, "due_at": due_at, "tries": 0}
        for key, payload in payloads.items()
    ]
    if rows:
        db.session.execute(insert(OutboxEntry), rows)
        due_changed.send_after_commit(kind)


def next_due(kind: str) -> datetime | None:
    """When the next entry is due; `None` when there is none. Reads only."""
    due_at = select(func.min(OutboxEntry.due_at)).where(OutboxEntry.kind == kind)
    found: datetime | None = db.session.scalar(due_at)
    return found


def claim(kind: str, most: int) -> Claim | None:
    """What is due about up to `most` keys, for this process alone; what has failed least comes first.

    `None` when nothing is due, and when other processes are at it.
    """
    now = clock.now()
    due = (OutboxEntry.kind == kind) & (OutboxEntry.due_at <= now)
    keys = (
        select(OutboxEntry.key)
        .where(due)
        .group_by(OutboxEntry.key)
        .order_by(func.min(OutboxEntry.tries), func.min(OutboxEntry.id))
        .limit(most)
    )
    rows = db.session.execute(
        select(OutboxEntry.id, OutboxEntry.key, OutboxEntry.payload, OutboxEntry.tries)
        .where(due, OutboxEntry.key.in_(keys))
        .order_by(OutboxEntry.id)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return None
    claimed = Claim(kind, tuple(ClaimedEntry(*row) for row in rows))
    db.session.execute(update(OutboxEntry).where(_in(claimed)).values(due_at=now + CLAIM))
    return claimed


def done(claimed: Claim) -> None:
    """These have been sent."""
    db.session.execute(delete(OutboxEntry).where(_in(claimed)))


def put_off(claimed: Claim) -> None:
    """These could not be sent: they are due again after a pause, a longer one each time."""
    now = clock.now()
    _put_off(_in(claimed), now, now + _pause(claimed))


def put_all_off(claimed: Claim) -> None:
    """Nothing of this kind can be sent at the moment: leave all of it alone for as long as these."""
    now = clock.now()
    later = now + _pause(claimed)
    waiting = (OutboxEntry.kind == claimed.kind) & (OutboxEntry.due_at < later)
    _put_off(or_(_in(claimed), waiting), now, later)


def give_up(kind: str) -> Collection[str]:
    """Forget what could not be sent for `GIVEN_UP`; the keys."""
    too_long = (OutboxEntry.kind == kind) & (OutboxEntry.failing_since <= clock.now() - GIVEN_UP)
    return set(db.session.scalars(delete(OutboxEntry).where(too_long).returning(OutboxEntry.key)))


def failing(kind: str, during: timedelta) -> int:
    """How many keys could not be sent for so long and are still tried."""
    now = clock.now()
    keys = select(func.count(OutboxEntry.key.distinct())).where(
        OutboxEntry.kind == kind,
        OutboxEntry.failing_since < now - during,
        OutboxEntry.failing_since > now - GIVEN_UP,
    )
    return db.session.execute(keys).scalar_one()


def _in(claimed: Claim) -> ColumnElement[bool]:
    return OutboxEntry.id.in_([entry.id for entry in claimed.entries])


def _put_off(which: ColumnElement[bool], now: datetime, later: datetime) -> None:
    since = func.coalesce(OutboxEntry.failing_since, literal(now, UtcDateTime))
    values = {"due_at": later, "tries": OutboxEntry.tries + 1, "failing_since": since}
    db.session.execute(update(OutboxEntry).where(which).values(values))


def _pause(claimed: Claim) -> timedelta:
    tries = max(entry.tries for entry in claimed.entries)
    return min(_FIRST_PAUSE * (1 << min(tries, 20)), _LONGEST_PAUSE)
