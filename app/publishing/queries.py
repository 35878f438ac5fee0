"""Queries of the newsroom about reviews and about what publishing would do."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.articles.models import Article, Revision
from app.core.db import db
from app.live.queries.publications import last_public
from app.publishing.models import Submission


def last_submission(article: Article) -> Submission | None:
    """The newest submission of a story, open or answered, with the people involved."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.article_id == article.id)
        .options(joinedload(Submission.by), joinedload(Submission.decided_by))
        .order_by(Submission.id.desc())
        .limit(1)
    )


def is_return(article: Article, draft_version: int) -> bool:
    """Whether publishing this version would bring back a withdrawn story exactly as readers last saw it."""
    seen: Revision | None = None if article.is_live else last_public(article)
    return seen is not None and seen.draft_version == draft_version
