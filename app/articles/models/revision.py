"""The revision: an immutable, numbered copy of an article's content."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.articles.content import Content
from app.articles.models.columns import ContentCopy, ContentJson
from app.core.db import Model, UtcDateTime
from app.core.partial_indexes import partial_index


class Reason(StrEnum):
    """Why a revision was kept."""

    SAVED = "saved"
    PUBLISHED = "published"
    RESTORED = "restored"
    IMPORTED = "imported"


class Revision(Model):
    """`number` counts from 1 within the article. `draft_version` is the version of the draft that it copies.

    `original_id` repeats a field of the content, so that the translations of a story can be looked up.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index(None, "article_id", "draft_version"),
        # Finds the translations of a story. Most stories translate nothing.
        partial_index("ix_revision_original", "original_id", where="original_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    number: Mapped[int]
    draft_version: Mapped[int]
    reason: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(1000), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    words: Mapped[int] = mapped_column(default=0)
    original_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    content: Mapped[Content] = mapped_column(ContentJson)

    by: Mapped[Person | None] = relationship()

    @property
    def copy(self) -> ContentCopy:
        """A copy of its content, for another revision."""
        return ContentCopy(self.article_id, self.draft_version, self.content, self.words)
