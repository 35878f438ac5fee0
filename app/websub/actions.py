"""Noting what the hub is to be told, and keeping account of the telling; `teller` calls these.

Each is a short transaction of its own, but for `note`, which is part of the act that changes the feeds.
Nothing is locked while the hub is being told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, literal, or_, select, update

from app.core import clock
from app.core.db import UtcDateTime, db
from app.websub.models import Ping

# For so long nobody else tells of what was claimed; longer than telling can take (`hub.TIMEOUT`).
CLAIM = timedelta(seconds=30)
# What the hub did not take for so long it is not told any more: who follows a feed has looked by then.
GIVEN_UP = timedelta(days=1)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Feeds that one process is to tell the hub of now, in which rows they stand, how often that failed."""

    feeds: Sequence[str]
    ids: Sequence[int]
    tries: int


def note(feeds: Iterable[str], due_at: datetime) -> None:
    """Note in the transaction under way that the hub is to be told of `feeds`, not before `due_at`."""
    rows = [{"feed": feed, "due_at": due_at, "tries": 0} for feed in feeds]
    if rows:
        db.session.execute(insert(Ping), rows)


def claim(most: int) -> Claimed | None:
    """Up to `most` feeds that are due, for this process alone; what has failed least first."""
    now = clock.now()
    first = (
        select(Ping.feed)
        .where(Ping.due_at <= now)
        .group_by(Ping.feed)
        .order_by(func.min(Ping.tries), func.min(Ping.id))
        .limit(most)
    )
    rows = db.session.execute(
        select(Ping.id, Ping.feed, Ping.tries)
        .where(Ping.feed.in_(first), Ping.due_at <= now)
        .order_by(Ping.id)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return None
    ids = [row.id for row in rows]
    db.session.execute(update(Ping).where(Ping.id.in_(ids)).values(due_at=now + CLAIM))
    return Claimed(
        tuple(dict.fromkeys(row.feed for row in rows)), ids, max(row.tries for row in rows)
    )


def told(claimed: Claimed) -> None:
    """The hub knows of these now."""
    db.session.execute(delete(Ping).where(Ping.id.in_(claimed.ids)))


def put_off(claimed: Claimed) -> None:
    """The hub refused these: it is told again later, the later the more often that happened."""
    now = clock.now()
    _put_off(Ping.id.in_(claimed.ids), now, now + _pause(claimed.tries))


def put_all_off(claimed: Claimed) -> None:
    """The hub could not be told of these, and so of nothing else either: leave it alone for a while."""
    now = clock.now()
    later = now + _pause(claimed.tries)
    _put_off(or_(Ping.id.in_(claimed.ids), Ping.due_at < later), now, later)


def _put_off(which: ColumnElement[bool], now: datetime, later: datetime) -> None:
    since = func.coalesce(Ping.failing_since, literal(now, UtcDateTime))
    db.session.execute(
        update(Ping).where(which).values(due_at=later, tries=Ping.tries + 1, failing_since=since)
    )


def give_up() -> Collection[str]:
    """Forget what the hub could not be told for a day; the feeds."""
    too_long = Ping.failing_since <= clock.now() - GIVEN_UP
    return set(db.session.scalars(delete(Ping).where(too_long).returning(Ping.feed)))


def _pause(tries: int) -> timedelta:
    return min(_FIRST_PAUSE * (1 << min(tries, 20)), _LONGEST_PAUSE)
