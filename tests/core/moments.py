"""A small job, as a feature would have: a table of moments, each with an effect that can be counted.

Called by `test_jobs`, and by `processes` in processes of their own.
"""

import os
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, update

from app.core import clock
from app.core.db import UtcDateTime, after_commit, db, transaction
from app.core.events import due_changed
from app.core.jobs import Job

NAME = "moments"
TABLES = MetaData()
MOMENT = Table(
    "test_moment",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
)
EFFECT = Table(
    "test_effect",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("moment_id", Integer, nullable=False),
    Column("process", Integer, nullable=False),
)
WAITING = MOMENT.c.done_at.is_(None) & MOMENT.c.refused_at.is_(None)

Reached = Callable[[str], object]
"""Is told how far a moment has come: `claimed`, `effected`, `noted`, `committed`."""


def make_tables() -> None:
    """The tables, in the test's own database."""
    TABLES.create_all(db.engine)


def put(*times: datetime) -> None:
    """Plan something for these times."""
    with transaction() as session:
        session.execute(insert(MOMENT), [{"due_at": due_at} for due_at in times])
        due_changed.send_after_commit(NAME)


def next_due() -> datetime | None:
    """As in `core.jobs`."""
    found: datetime | None = db.session.scalar(select(func.min(MOMENT.c.due_at)).where(WAITING))
    return found


class Refused(Exception):
    """A moment that cannot be carried out, now or later."""


def job(reached: Reached = lambda _point: None) -> Job:
    """The job; `reached` is called on the way, and may raise `Refused`."""

    def run() -> bool:
        found = None
        try:
            with transaction():
                found = _claimed()
                if found is not None:
                    reached("claimed")
                    _carry_out(found, reached)
                    after_commit(reached, "committed")
        except Refused:
            with transaction():
                _note(found, refused_at=clock.now())
        return found is not None

    return Job(NAME, next_due, run)


def _claimed() -> int | None:
    due = select(MOMENT.c.id).where(WAITING, MOMENT.c.due_at <= clock.now())
    first = due.order_by(MOMENT.c.due_at, MOMENT.c.id).limit(1)
    found: int | None = db.session.scalar(first.with_for_update(skip_locked=True))
    return found


def _carry_out(moment_id: int, reached: Reached) -> None:
    db.session.execute(insert(EFFECT).values(moment_id=moment_id, process=os.getpid()))
    reached("effected")
    _note(moment_id, done_at=clock.now())
    reached("noted")


def _note(moment_id: int | None, **when: datetime) -> None:
    db.session.execute(update(MOMENT).where(MOMENT.c.id == moment_id).values(when))


def left() -> int:
    """How many moments are still waiting."""
    db.session.rollback()
    return db.session.execute(select(func.count()).where(WAITING)).scalar_one()


def effects() -> list[tuple[int, int]]:
    """Which moment took effect in which process."""
    db.session.rollback()
    rows = db.session.execute(select(EFFECT.c.moment_id, EFFECT.c.process))
    return [(moment_id, process) for moment_id, process in rows]
