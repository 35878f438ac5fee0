"""Queries of the newsroom about reviews and about what publishing would do."""

from __future__ import annotations

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from app.articles.models import Article, Reason, Revision
from app.core.db import db
from app.live.queries.publications import last_public
from app.publishing.models import Submission, SubmissionOutcome


def submission_to_act_on(article: Article) -> Submission | None:
    """The submission that waits, or that was sent back and not settled, with the people involved.

    What was sent back is settled by being sent again, or by a publication after it.
    """
    published_since = exists().where(
        Revision.article_id == Submission.article_id,
        Revision.reason == Reason.PUBLISHED,
        Revision.at >= Submission.decided_at,
    )
    return db.session.scalar(
        select(Submission)
        .where(
            Submission.article_id == article.id,
            or_(
                Submission.outcome.is_(None),
                and_(Submission.outcome == SubmissionOutcome.SENT_BACK, ~published_since),
            ),
        )
        .options(joinedload(Submission.by), joinedload(Submission.decided_by))
        .order_by(Submission.id.desc())
        .limit(1)
    )


def is_return(article: Article, draft_version: int) -> bool:
    """Whether publishing this version would bring back a withdrawn story exactly as readers last saw it."""
    seen: Revision | None = None if article.is_live else last_public(article)
    return seen is not None and seen.draft_version == draft_version
