"""The authors and the topics of a live story, as rows, so that author and topic pages can list stories.

Drafts and revisions have the same facts inside their content. Both times are copies from the publication:
lists are in order of the one, and sitemaps tell the other. These rows are deleted with the publication.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class Byline(Model):
    """An author of a live story. `position` counts from 0 in the order of the byline."""

    __tablename__ = "byline"
    __table_args__ = (
        Index(None, "author_id", "published_at", "article_id"),
        Index("ix_byline_modified", "author_id", "modified_at"),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("publication.article_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tagging(Model):
    """A topic of a live story. `position` counts from 0."""

    __tablename__ = "tagging"
    __table_args__ = (
        Index(None, "topic_id", "published_at", "article_id"),
        Index("ix_tagging_modified", "topic_id", "modified_at"),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("publication.article_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)
