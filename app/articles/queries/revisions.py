"""A story's revisions, and what its draft held at an earlier version."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, undefer

from app.articles.content import Content
from app.articles.models import Article, DraftVersion, Revision
from app.core.db import LARGEST_ID, db
from app.core.errors import Conflict, NotFound


def revisions_of(article: Article, limit: int = 200) -> Sequence[Revision]:
    """A story's revisions with the people who made them, newest first, without their text."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.article_id == article.id)
        .options(defer(Revision.content), joinedload(Revision.by))
        .order_by(Revision.number.desc())
        .limit(limit)
    ).all()


def revision_numbered(article: Article, number: int) -> Revision:
    """One revision of a story with its text. Raises `NotFound`."""
    return revisions_numbered(article, [number])[number]


def revisions_numbered(article: Article, numbers: Collection[int]) -> dict[int, Revision]:
    """The revisions of a story with these numbers, with their text. Raises `NotFound` if one is missing."""
    found: dict[int, Revision] = {}
    if numbers and all(0 < number <= LARGEST_ID for number in numbers):
        rows = db.session.scalars(
            select(Revision)
            .where(Revision.article_id == article.id, Revision.number.in_(numbers))
            .options(undefer(Revision.content), joinedload(Revision.by))
        )
        found = {revision.number: revision for revision in rows}
    if len(found) < len(set(numbers)):
        raise NotFound(f"This {article.kind} has no such version.")
    return found


def content_at_version(article: Article, version: int) -> Content:
    """The content of the draft at `version`. Raises `Conflict` for a version that is unknown or deleted."""
    if version == article.draft.version:
        return article.draft.content
    held = None
    if 0 < version <= LARGEST_ID:
        held = db.session.get(DraftVersion, (article.id, version))
    if held is None:
        raise Conflict(
            f"This form was made from a version of the {article.kind} that is not kept. Open it again."
        )
    return held.content


def revision_at_version(article: Article, version: int) -> Revision:
    """The newest revision with the content of the draft at `version`. Every saved version has one."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.article_id == article.id, Revision.draft_version == version)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one()
