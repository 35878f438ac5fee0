"""Keeping the lists of related stories to what is live, inside the transaction that changes it.

`publishing.actions` calls `update` and `remove`; `stet related rebuild` calls `update` for every story, and
the demo, which writes past the editors' actions, `fill_empty_lists`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, insert, or_, select, tuple_

from app.core.db import db
from app.core.edition import wait_for_turn
from app.live.models import Related
from app.related.neighbours import candidates_for_unrelated
from app.related.queries import Scored, features_of, related_to

# As many as a list holds, and as few as it may be left with when a story goes before it is filled anew.
KEPT, FEW = 8, 4

_ROWS = Related.__table__.c


def update(article_id: int) -> None:
    """Find what is related to a story that went live or changed, and tell those stories of it."""
    connection = _exclusive_connection()
    left = _remove_everywhere(connection, article_id)
    for story in features_of(connection, [article_id]):
        found = related_to(connection, story)
        _add(connection, [(article_id, *each) for each in found[:KEPT]])
        _add_to_lists_of(connection, article_id, found)
    _fill(connection, left)


def remove(article_id: int) -> None:
    """Take a story that is live no more from all lists."""
    connection = _exclusive_connection()
    _fill(connection, _remove_everywhere(connection, article_id))


def fill_empty_lists(connection: Connection) -> None:
    """Give every live story without related ones those next to it in its topics, in one statement."""
    connection.execute(
        insert(Related).from_select(list(_ROWS.keys()), candidates_for_unrelated(KEPT))
    )


def _exclusive_connection() -> Connection:
    """The connection, once no other transaction can change the same lists."""
    db.session.flush()
    connection = db.session.connection()
    wait_for_turn(connection)
    return connection


def _remove_everywhere(connection: Connection, article_id: int) -> Sequence[int]:
    """Remove the story's list, and the story from the lists of others; the ids of those."""
    named = select(_ROWS.article_id).where(_ROWS.other_id == article_id)
    left = connection.scalars(named).all()
    either = or_(_ROWS.article_id == article_id, _ROWS.other_id == article_id)
    connection.execute(delete(Related).where(either))
    return left


def _add_to_lists_of(connection: Connection, article_id: int, found: Sequence[Scored]) -> None:
    """Enter the story in the lists of those that it is related to, in the place of one less related."""
    lists = _lists(connection, [other for other, _ in found])
    rows, dropped = [], []
    for other, score in found:
        listed = lists[other]
        if len(listed) >= KEPT:
            least, lowest = min(listed, key=lambda each: (each[1], each[0]))
            if score < lowest:
                continue
            dropped.append((other, least))
        rows.append((other, article_id, score))
    if dropped:
        connection.execute(
            delete(Related).where(tuple_(_ROWS.article_id, _ROWS.other_id).in_(dropped))
        )
    _add(connection, rows)


def _fill(connection: Connection, article_ids: Collection[int]) -> None:
    """Look anew for what is related to those stories that have few related ones left."""
    lists = _lists(connection, article_ids)
    short = [each for each in article_ids if len(lists[each]) < FEW]
    for story in features_of(connection, short):
        listed = lists[story.article_id]
        known = {other for other, _ in listed}
        found = [each for each in related_to(connection, story) if each[0] not in known]
        room = KEPT - len(listed)
        _add(connection, [(story.article_id, *each) for each in found[:room]])


def _lists(connection: Connection, article_ids: Collection[int]) -> defaultdict[int, list[Scored]]:
    lists: defaultdict[int, list[Scored]] = defaultdict(list)
    if article_ids:
        rows = connection.execute(
            select(_ROWS.article_id, _ROWS.other_id, _ROWS.score).where(
                _ROWS.article_id.in_(article_ids)
            )
        )
        for article_id, other, score in rows:
            lists[article_id].append((other, score))
    return lists


def _add(connection: Connection, rows: Iterable[tuple[int, int, int]]) -> None:
    values = [dict(zip(("article_id", "other_id", "score"), row, strict=True)) for row in rows]
    if values:
        connection.execute(insert(Related), values)
