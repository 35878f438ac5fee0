"""The draft: the one working copy of an article's content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.articles.content import Content
from app.articles.models.columns import ContentColumns
from app.core.db import Model, UtcDateTime


class Draft(Model, ContentColumns):
    """`version` is raised by every accepted change; a save says which version it was based on."""

    __tablename__ = "draft"
    __table_args__ = (
        # No two stories may want the same address; a story that has not chosen one holds none.
        Index(
            "uq_draft_slug",
            "slug",
            unique=True,
            sqlite_where=text("slug <> ''"),
            postgresql_where=text("slug <> ''"),
        ),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[int] = mapped_column(default=0)

    changed_by: Mapped[Person | None] = relationship()

    def replace_content(
        self, content: Content, *, words: int, by_id: int | None, at: datetime
    ) -> None:
        """Take `content` as the new version."""
        for name, value in self.columns_of(content).items():
            setattr(self, name, value)
        self.version += 1
        self.words = words
        self.changed_by_id, self.changed_at = by_id, at
