"""The publication of one story, for acts and for the newsroom; and which revision readers saw last."""

from __future__ import annotations

from sqlalchemy import select

from app.articles.models import Article, Reason, Revision
from app.core.db import db
from app.live.models import Publication

# For statements on articles: the id of the newest revision that was published, live or not.
NEWEST_PUBLISHED = (
    select(Revision.id)
    .where(Revision.article_id == Article.id, Revision.reason == Reason.PUBLISHED.value)
    .order_by(Revision.number.desc())
    .limit(1)
    .correlate(Article)
    .scalar_subquery()
)


def publication_of(article_id: int) -> Publication | None:
    """What readers see of a story; `None` while it is not live."""
    return db.session.get(Publication, article_id)


def last_public(article: Article) -> Revision | None:
    """What readers see of a story, or saw last before it was withdrawn; `None` for one never published."""
    if article.published_at is None:
        return None
    return db.session.scalar(
        select(Revision)
        .join(Article, Revision.id == NEWEST_PUBLISHED)
        .where(Article.id == article.id)
    )
