"""The publication of one story, and the revision that readers saw last. For the acts and the newsroom."""

from __future__ import annotations

from sqlalchemy import Select, select

from app.articles.models import Article, Reason, Revision
from app.core.db import db
from app.live.models import Publication

# For statements on articles: the id of the newest published revision, whether the story is live or not.
NEWEST_PUBLISHED = (
    select(Revision.id)
    .where(Revision.article_id == Article.id, Revision.reason == Reason.PUBLISHED.value)
    .order_by(Revision.number.desc())
    .limit(1)
    .correlate(Article)
    .scalar_subquery()
)


def publication_of(article_id: int) -> Publication | None:
    """What readers see of a story. `None` while it is not live."""
    return db.session.get(Publication, article_id)


def strays() -> Select[int]:
    """Selects the ids of the stories that readers see although the record says that they are not live."""
    return select(Publication.article_id).join(Article).where(~Article.is_live_now())


def last_public(article: Article) -> Revision | None:
    """The revision that readers see, or saw last before the story was withdrawn.

    `None` if never published.
    """
    if article.published_at is None:
        return None
    return db.session.scalar(
        select(Revision)
        .join(Article, Revision.id == NEWEST_PUBLISHED)
        .where(Article.id == article.id)
    )
