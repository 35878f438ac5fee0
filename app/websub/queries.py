"""What the hub still has to be told: when it is due, and how much is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.websub.actions import GIVEN_UP
from app.websub.models import Ping

LATE = timedelta(hours=1)


def next_due() -> datetime | None:
    """When the hub is to be told of the next feed; `None` when it knows of all."""
    found: datetime | None = db.session.scalar(select(func.min(Ping.due_at)))
    return found


def findings() -> Iterator[str]:
    """A sentence for `stet check` when the hub could not be told for long; nothing when all is well."""
    now = clock.now()
    late = db.session.scalar(
        select(func.count(Ping.feed.distinct())).where(
            Ping.failing_since < now - LATE, Ping.failing_since > now - GIVEN_UP
        )
    )
    if late:
        yield (
            f"The WebSub hub could not be told for an hour that feeds have changed ({late} of them);"
            " the log of `stet serve` says why."
        )
