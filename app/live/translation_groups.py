"""Finds the stories that are the same story in several languages: a translation group.

A story names the story that it translates, and that one may name another. All stories that are linked in this
way, in their newest published versions, form one group. A withdrawn story still links its neighbours.
`translations` has the rules for a group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from app.articles.content import Content
from app.articles.models import Article, Revision
from app.core.db import db
from app.live.models import Publication
from app.live.queries.publications import NEWEST_PUBLISHED, publication_of

_ARTICLE = Article.__table__.c
_PUBLICATION = Publication.__table__.c
_REVISION = Revision.__table__.c
_NAMING = Revision.__table__.alias()
_MEMBERS: Select[Any] = select(
    _ARTICLE.id,
    _PUBLICATION.path,
    _PUBLICATION.original_id.label("listed_as"),
    _ARTICLE.published_at,
    _REVISION.content,
).select_from(
    Article.__table__.outerjoin(
        Publication.__table__, _PUBLICATION.article_id == _ARTICLE.id
    ).outerjoin(Revision.__table__, _REVISION.id == NEWEST_PUBLISHED)
)


@dataclass(frozen=True)
class GroupMember:
    """One story of a group, as its newest published version says. `path` is `None` while it is not live.

    `listed_as` is the story that lists show in its place, as the database has it now. It is `None` when lists
    show this story itself.
    """

    article_id: int
    path: str | None
    listed_as: int | None
    published_at: datetime | None
    original_id: int | None
    language: str | None
    headline: str | None

    @property
    def name(self) -> str:
        return f"“{self.headline}” {f'at {self.path}' if self.path else '(not live now)'}"


def _member(row: Any) -> GroupMember:
    content: Content | None = row.content
    return GroupMember(
        article_id=row.id,
        path=row.path,
        listed_as=row.listed_as,
        published_at=row.published_at,
        original_id=content.original_id if content else None,
        language=content.language if content else None,
        headline=content.headline if content else None,
    )


Group = Mapping[int, GroupMember]
"""The stories of one translation group, by their ids."""


def group_of(article_id: int) -> Group:
    """The story and all its translations, live or not. A story without translations is a group of one."""
    return _linked(article_id, {})


def group_with(article: Article, content: Content) -> Group:
    """The group that the story would belong to if `content` were published."""
    publication = publication_of(article.id)
    published = GroupMember(
        article_id=article.id,
        path=publication.path if publication else "",
        listed_as=publication.original_id if publication else None,
        published_at=article.published_at,
        original_id=content.original_id,
        language=content.language,
        headline=content.headline,
    )
    return _linked(article.id, {article.id: published})


def _linked(first: int, instead: Group) -> Group:
    """Follow the links in both directions. Members in `instead` replace what the database has of them."""
    found: dict[int, GroupMember] = {}
    asked: set[int] = set()
    wanted = {first}
    while wanted:
        asked |= wanted
        read = (_member(row) for row in db.session.execute(_MEMBERS.where(_near(wanted))))
        met = [instead.get(each.article_id, each) for each in read]
        near = [each for each in met if each.article_id in asked or each.original_id in asked]
        found |= {each.article_id: each for each in near}
        wanted = {
            each for one in near for each in (one.article_id, one.original_id) if each
        } - asked
    return found


def _near(ids: Collection[int]) -> ColumnElement[bool]:
    """Matches these stories, and the stories that name one of them as their original in any version."""
    these = Article.__table__.alias()
    named = select(these.c.id).where(these.c.id.in_(ids))
    naming = select(_NAMING.c.article_id).where(_NAMING.c.original_id.in_(ids))
    return _ARTICLE.id.in_(named.union(naming))


def all_groups(connection: Connection) -> Iterator[Group]:
    """Every group with more than one story, and every story that lists replace with another one."""
    named = select(_NAMING.c.original_id).where(_NAMING.c.original_id.is_not(None))
    naming = select(_NAMING.c.article_id).where(_NAMING.c.original_id.is_not(None))
    wanted = or_(_ARTICLE.id.in_(named.union(naming)), _PUBLICATION.original_id.is_not(None))
    members = {row.id: _member(row) for row in connection.execute(_MEMBERS.where(wanted))}
    return _parts(members)


def _parts(members: Group) -> Iterator[Group]:
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
