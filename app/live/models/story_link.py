"""The links from live texts to other stories, as blocks of the kind “related story”."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class StoryLink(Model):
    """The live text of `article_id` links to the site path `path` as a related story.

    The body has this link already. The row makes it possible to look it up by path: before a story is
    withdrawn, the newsroom asks which stories link to it.
    """

    __tablename__ = "story_link"
    __table_args__ = {"sqlite_with_rowid": False}

    article_id: Mapped[int] = mapped_column(
        ForeignKey("publication.article_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    path: Mapped[str] = mapped_column(String(170), primary_key=True, index=True)
