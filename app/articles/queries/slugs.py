"""Finds slugs that drafts have taken, and a free slug similar to a wanted one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.actors import Actor
from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.articles.models import Article, Draft
from app.core.db import db
from app.core.errors import Conflict
from app.core.free_name import LONGEST_ENDING, free_name
from app.core.slugs import MAX_LENGTH


def claimed_slug(slug: str, *, article_id: int | None, by: Actor) -> str:
    """`slug`, if it is free; empty if a draft has it that `by` must not know of.

    The two drafts may then have the same address in their contents; whoever publishes them is told. Raises
    `Conflict` when a story has it that `by` may know of.
    """
    holder = _holder(slug, article_id)
    if holder is None:
        return slug
    if _is_known(holder, by):
        raise Conflict(
            f"Another {holder.kind} has the address “{slug}”. Choose a different one.", field="slug"
        )
    return ""


def slug_holder(slug: str, *, article_id: int | None, by: Actor) -> str | None:
    """The kind of the other article whose draft has `slug`, if there is one that `by` may know of."""
    holder = _holder(slug, article_id)
    return holder.kind if holder is not None and _is_known(holder, by) else None


def free_slug(wanted: str, *, article_id: int | None, by: Actor) -> str:
    """`wanted`, or the same with a number when other stories have it. An empty slug stays empty.

    Only stories count that `by` may know of.
    """
    if not wanted:
        return ""
    stem = wanted[: MAX_LENGTH - LONGEST_ENDING].rstrip("-")

    def taken(slugs: Iterable[str]) -> Sequence[str]:
        return [each.slug for each in _holders(list(slugs), article_id) if _is_known(each, by)]

    return free_name(wanted, stem, taken)


class _Holder(NamedTuple):
    """An article whose draft has a slug."""

    slug: str
    kind: str
    started_by_id: int | None
    published_at: datetime | None


def _holder(slug: str, article_id: int | None) -> _Holder | None:
    """The other article whose draft has `slug`, or None. An empty slug is never taken."""
    return next(iter(_holders([slug], article_id)), None) if slug else None


def _holders(slugs: Sequence[str], article_id: int | None) -> list[_Holder]:
    """The other articles whose drafts have any of `slugs`.

    In two statements: for a join, PostgreSQL would read all articles.
    """
    having = select(Draft.article_id, Draft.slug).where(
        Draft.slug.in_(slugs), Draft.has_slug(), Draft.article_id != (article_id or 0)
    )
    taken = {row.article_id: row.slug for row in db.session.execute(having)}
    if not taken:
        return []
    held = select(Article.id, Article.kind, Article.started_by_id, Article.published_at)
    rows = db.session.execute(held.where(Article.id.in_(taken)))
    return [_Holder(taken[row.id], row.kind, row.started_by_id, row.published_at) for row in rows]


def _is_known(holder: _Holder, by: Actor) -> bool:
    """Whether `by` may know of the holder: who sees their own stories alone knows those and public ones."""
    knows_all = not isinstance(by, Person) or reach(by.role, Act.EDIT) is Reach.ANY
    return knows_all or holder.published_at is not None or holder.started_by_id == by.id
