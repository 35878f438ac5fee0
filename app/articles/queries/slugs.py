"""Finds slugs that drafts have taken, and a free slug similar to a wanted one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.articles.models import Article, Draft
from app.core.db import db
from app.core.errors import Conflict
from app.core.free_name import LONGEST_ENDING, free_name
from app.core.slugs import MAX_LENGTH


def require_free_slug(slug: str, *, article_id: int | None) -> None:
    """Raise `Conflict` when another story's draft has `slug`."""
    if kind := slug_holder(slug, article_id=article_id):
        raise Conflict(
            f"Another {kind} has the address “{slug}”. Choose a different one.", field="slug"
        )


def slug_holder(slug: str, *, article_id: int | None) -> str | None:
    """The kind of the other article whose draft has `slug`, if there is one. An empty slug is never taken."""
    if not slug:
        return None
    taken = select(Article.kind).join(Draft, Draft.article_id == Article.id)
    taken = taken.where(Draft.slug == slug, Draft.has_slug())
    if article_id is not None:
        taken = taken.where(Draft.article_id != article_id)
    return db.session.scalar(taken.limit(1))


def free_slug(wanted: str, *, article_id: int | None) -> str:
    """`wanted`, or the same with a number when other stories have it. An empty slug stays empty."""
    if not wanted:
        return ""
    stem = wanted[: MAX_LENGTH - LONGEST_ENDING].rstrip("-")

    def taken(slugs: Iterable[str]) -> Sequence[str]:
        held = select(Draft.slug).where(Draft.slug.in_(list(slugs)), Draft.has_slug())
        return db.session.scalars(held.where(Draft.article_id != (article_id or 0))).all()

    return free_name(wanted, stem, taken)
