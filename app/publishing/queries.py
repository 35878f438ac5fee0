"""What the newsroom asks about reviews."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.articles.content import Content
from app.articles.models import Article
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


def address_of(content: Content) -> str:
    """Where a story with `content` will stand; empty while its section or address is missing."""
    if content.category_id is None or not content.slug:
        return ""
    slug = db.session.scalar(select(Category.slug).where(Category.id == content.category_id))
    return f"/{slug}/{content.slug}" if slug else ""
