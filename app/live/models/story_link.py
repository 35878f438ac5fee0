"""Which live texts lead to which stories as related ones."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class StoryLink(Model):
    """The live text of `article_id` leads to the site path `path` as to a related story.

    What the body says already, by path: withdrawing a story asks who leads to it.
    """

    __tablename__ = "story_link"
    __table_args__ = {"sqlite_with_rowid": False}

    article_id: Mapped[int] = mapped_column(
        ForeignKey("publication.article_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    path: Mapped[str] = mapped_column(String(170), primary_key=True, index=True)
