"""Writes the counts and the list of most read stories. `counter` calls each of these in its own transaction.

None of them raises the edition, because then every cached page would be made again. Instead, pages with the
list expire after some time (`reader/views`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select, text

from app.core import clock
from app.core.db import db
from app.live.models import Publication
from app.readership.models import LISTED, MostRead, Reading
from app.readership.queries import FEWEST

# The list is made again after this time at the earliest, by the process that comes first.
STANDS = timedelta(minutes=5)
# The hours that the list covers. The second number is used when too few stories were read in the first.
SPANS = (24, 7 * 24)
# A story that was read less often is not listed: the list could then show what single readers do.
FEWEST_READINGS = 10
KEPT = 30 * 24  # hours

_CHUNK = 500
_HOUR = 3600  # seconds
_AT: Select[*tuple[Any, ...]] = select(Publication.article_id, Publication.path).where(
    Publication.path.in_(bindparam("paths", expanding=True)), Publication.category_id.is_not(None)
)
_ADD = text(
    "INSERT INTO reading (hour, article_id, times) VALUES (:hour, :article_id, :times)"
    " ON CONFLICT (hour, article_id) DO UPDATE SET times = reading.times + excluded.times"
)


def add(counts: Mapping[str, int]) -> None:
    """Add to this hour how often each path was read. Paths without a story are ignored."""
    hour = _hour(clock.now())
    paths = list(counts)
    stories = [
        found
        for start in range(0, len(paths), _CHUNK)
        for found in db.session.execute(_AT, {"paths": paths[start : start + _CHUNK]})
    ]
    # Always in the same order, so that two processes on PostgreSQL cannot block each other.
    rows = [
        {"hour": hour, "article_id": article_id, "times": counts[path]}
        for article_id, path in sorted(tuple(found) for found in stories)
    ]
    if rows:
        db.session.connection().execute(_ADD, rows)


def ranked() -> Sequence[int] | None:
    """The most read stories, most read first. `None` while the present list is new enough.

    This only reads: it may look at many rows, and no other writer should wait for that.
    """
    if _stands():
        return None
    hour = _hour(clock.now())
    found: Sequence[int] = ()
    for span in SPANS:
        found = _most_read_since(hour - span)
        if len(found) >= FEWEST:
            break
    return found


def arrange(article_ids: Sequence[int]) -> None:
    """Store this list, unless another process has just stored one, and delete old counts."""
    if _stands():
        return
    now = clock.now()
    db.session.execute(delete(MostRead))
    if article_ids:
        rows = [
            {"place": place, "article_id": article_id, "made_at": now}
            for place, article_id in enumerate(article_ids, start=1)
        ]
        db.session.execute(insert(MostRead), rows)
    db.session.execute(delete(Reading).where(Reading.hour < _hour(now) - KEPT))


def _stands() -> bool:
    """Whether the list is new enough. A list that is too short to be shown may be made again at any time."""
    made_at = db.session.scalar(select(MostRead.made_at).where(MostRead.place == FEWEST))
    return made_at is not None and clock.now() < made_at + STANDS


def _most_read_since(since: int) -> Sequence[int]:
    """Recent page views count more: each counts the number of hours from `since` to its own hour."""
    worth = func.sum(Reading.times * (Reading.hour - since))
    return db.session.scalars(
        select(Reading.article_id)
        .join(Publication, Publication.article_id == Reading.article_id)
        .where(Reading.hour > since, Publication.category_id.is_not(None))
        .group_by(Reading.article_id)
        .having(func.sum(Reading.times) >= FEWEST_READINGS)
        .order_by(worth.desc(), Reading.article_id.desc())
        .limit(LISTED)
    ).all()


def _hour(moment: datetime) -> int:
    return int(moment.timestamp()) // _HOUR
