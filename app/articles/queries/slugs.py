"""Finds slugs that drafts have taken, and a free slug similar to a wanted one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select

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
        rows = db.session.execute(_holders(list(slugs), article_id))
        return [row.slug for row in rows if _is_known(row, by)]

    return free_name(wanted, stem, taken)


def _holder(slug: str, article_id: int | None) -> Any:
    """The other article whose draft has `slug`, or None. An empty slug is never taken."""
    return db.session.execute(_holders([slug], article_id)).first() if slug else None


def _holders(slugs: Sequence[str], article_id: int | None) -> Select[*tuple[Any, ...]]:
    """Selects the other articles whose drafts have any of `slugs`."""
    found = select(Draft.slug, Article.kind, Article.started_by_id, Article.published_at)
    return found.join(Article, Article.id == Draft.article_id).where(
        Draft.slug.in_(slugs), Draft.has_slug(), Draft.article_id != (article_id or 0)
    )


def _is_known(holder: Any, by: Actor) -> bool:
    """Whether `by` may know of the holder: who sees their own stories alone knows those and public ones."""
    knows_all = not isinstance(by, Person) or reach(by.role, Act.EDIT) is Reach.ANY
    return knows_all or holder.published_at is not None or holder.started_by_id == by.id
