"""What the newsroom asks about reviews."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import joinedload

from app.articles.models import Article, Redirect
from app.core.db import db
from app.publishing.models import Submission
from app.taxonomy.models import Category


def last_submission(article: Article) -> Submission | None:
    """The newest submission of a story, open or answered, with the people in it."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.article_id == article.id)
        .options(joinedload(Submission.by), joinedload(Submission.decided_by))
        .order_by(Submission.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Address:
    """Where a story will stand; `path` is empty while its section or address is missing."""

    path: str = ""
    is_taken: bool = False


def address_of(article: Article) -> Address:
    """Where the draft of `article` will stand, and whether another story stands there or did."""
    draft = article.draft
    if draft.category_id is None or not draft.slug:
        return Address()
    path = literal("/") + Category.slug + literal(f"/{draft.slug}")
    others = or_(
        select(Article.id).where(Article.live_path == path, Article.id != article.id).exists(),
        select(Redirect.path)
        .where(Redirect.path == path, Redirect.article_id != article.id)
        .exists(),
    )
    found = db.session.execute(
        select(path, others).where(Category.id == draft.category_id)
    ).one_or_none()
    return Address(*found) if found else Address()
