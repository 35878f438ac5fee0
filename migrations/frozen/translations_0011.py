"""Chooses for each translation group the story that lists show, with the rules of 0011.

A story names the story that it translates, and that one may name another. All stories that are linked in this
way form a group. Lists show the first original, or while that is not live, the translation nearest to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from app.core.db import UtcDateTime

_FIRST_DAY = datetime.min.replace(tzinfo=UTC)
# The original of a story, from its live version or the last one that was published.
_MEMBERS = sa.text(
    """SELECT article.id, article.live_revision_id IS NOT NULL AS is_live,
        article.live_original_id AS listed_as, article.published_at, revision.original_id
    FROM article LEFT JOIN revision ON revision.id = coalesce(article.live_revision_id, (
        SELECT kept.id FROM revision AS kept
        WHERE kept.article_id = article.id AND kept.reason = 'published'
        ORDER BY kept.number DESC LIMIT 1
    ))
    WHERE article.live_original_id IS NOT NULL OR article.id IN (
        SELECT original_id FROM revision WHERE original_id IS NOT NULL
        UNION SELECT article_id FROM revision WHERE original_id IS NOT NULL
    )"""
).columns(
    sa.column("id", sa.Integer),
    sa.column("is_live", sa.Boolean),
    sa.column("listed_as", sa.Integer),
    sa.column("published_at", UtcDateTime),
    sa.column("original_id", sa.Integer),
)
_LIST_AS = sa.text("UPDATE article SET live_original_id = :original WHERE id = :article")


@dataclass(frozen=True)
class _Member:
    article_id: int
    is_live: bool
    listed_as: int | None
    published_at: datetime | None
    original_id: int | None


_Group = Mapping[int, _Member]


def settle(connection: sa.Connection) -> None:
    """Choose for each group the story that lists show."""
    members = {row.id: _Member(*row) for row in connection.execute(_MEMBERS)}
    for group in _groups(members):
        for article_id, original_id in _misplaced(group).items():
            connection.execute(_LIST_AS, {"original": original_id, "article": article_id})


def _groups(members: _Group) -> Iterator[_Group]:
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for each in members.values():
        if each.original_id is not None:
            beside[each.article_id].add(each.original_id)
            beside[each.original_id].add(each.article_id)
    left = set(members)
    while left:
        reached: set[int] = set()
        wanted = {min(left)}
        while wanted:
            reached |= wanted
            wanted = set().union(*(beside[each] for each in wanted)) - reached
        left -= reached
        yield {each: members[each] for each in sorted(reached)}


def _misplaced(group: _Group) -> dict[int, int | None]:
    """The members for which the database has the wrong story: by their ids, the right one."""
    live = [each for each in group.values() if each.is_live]
    wanted: dict[int, int | None] = dict.fromkeys(group)
    if live:
        first, *rest = sorted(live, key=lambda each: _rank(each, group))
        wanted |= {each.article_id: first.article_id for each in rest}
    return {key: right for key, right in wanted.items() if group[key].listed_as != right}


def _rank(member: _Member, group: _Group) -> tuple[int, datetime, int]:
    """Sorts by the distance from the original, then by age."""
    above: list[int] = []
    original = member.original_id
    while original is not None and original not in above:
        above.append(original)
        original = group[original].original_id
    return len(above), member.published_at or _FIRST_DAY, member.article_id
