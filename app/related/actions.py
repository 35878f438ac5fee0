"""Updates the lists of related stories, inside the transaction that publishes or withdraws a story.

`publishing.actions` calls `update` and `remove`. `stet related rebuild` calls `update` for every story. The
demo does not use the editors' actions, so it calls `fill_empty_lists`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from app.core.db import db
from app.core.edition import wait_for_turn
from app.live.models import Related
from app.related.neighbours import candidates_for_unrelated
from app.related.queries import Scored, features_of, related_to

# A list holds `KEPT` stories. It is filled again when a story is removed and fewer than `FEW` are left.
KEPT, FEW = 8, 4

_ROWS = Related.__table__.c
# One by one: for a list of pairs, SQLite would read the whole table.
_DELETE_PAIR = delete(Related).where(
    _ROWS.article_id == bindparam("one"), _ROWS.other_id == bindparam("other")
)


def update(article_id: int) -> None:
    """Find the related stories of a story that went live or changed, and add it to their lists."""
    connection = _exclusive_connection()
    left = _remove_everywhere(connection, article_id)
    for story in features_of(connection, [article_id]):
        found = related_to(connection, story)
        _add(connection, [(article_id, *each) for each in found[:KEPT]])
        _add_to_lists_of(connection, article_id, found)
    _fill(connection, left)


def remove(article_id: int) -> None:
    """Remove a story that is not live any more from all lists."""
    connection = _exclusive_connection()
    _fill(connection, _remove_everywhere(connection, article_id))


def fill_empty_lists(connection: Connection) -> None:
    """Give every live story without related stories its neighbours in its topics, with one statement."""
    connection.execute(
        insert(Related).from_select(list(_ROWS.keys()), candidates_for_unrelated(KEPT))
    )


def _exclusive_connection() -> Connection:
    """The connection, after waiting until no other transaction can change the same lists."""
    db.session.flush()
    connection = db.session.connection()
    wait_for_turn(connection)
    return connection


def _remove_everywhere(connection: Connection, article_id: int) -> Sequence[int]:
    """Remove the story's list, and the story from other lists.

    Returns the ids of the stories with those lists.
    """
    named = select(_ROWS.article_id).where(_ROWS.other_id == article_id)
    left = connection.scalars(named).all()
    either = or_(_ROWS.article_id == article_id, _ROWS.other_id == article_id)
    connection.execute(delete(Related).where(either))
    return left


def _add_to_lists_of(connection: Connection, article_id: int, found: Sequence[Scored]) -> None:
    """Add the story to the lists of the stories in `found`. In a full list it replaces the lowest score."""
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
        connection.execute(_DELETE_PAIR, [{"one": one, "other": other} for one, other in dropped])
    _add(connection, rows)


def _fill(connection: Connection, article_ids: Collection[int]) -> None:
    """Find related stories again for those of these stories that have only few left."""
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
