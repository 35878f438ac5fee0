"""The draft: the one working copy of an article's content, and its earlier versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, Text, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.articles.content import Content
from app.articles.models.columns import ContentCopy, ContentJson
from app.core.db import Model, UtcDateTime
from app.core.partial_indexes import partial_index

# The fields of a content with a column of their own: the newsroom searches by them, or they refer to rows.
SEARCHED = ("headline", "short_headline", "category_id", "slug", "lead_picture_id", "original_id")
# The version of a draft that has just been started.
FIRST_VERSION = 1


class Draft(Model):
    """Every accepted change raises `version`. A save says on which version it is based.

    The column `slug` is empty while another draft, of which the author must not know, has the same address.

    Only `Draft.starting` and `replace_content` may set the content, because other columns repeat parts of it.
    """

    __tablename__ = "draft"
    __table_args__ = (
        # No two stories may have the same address. A story without an address is not in this index.
        partial_index("uq_draft_slug", "slug", where="slug <> ''", unique=True),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(default=FIRST_VERSION)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[int] = mapped_column(default=0)
    headline: Mapped[str] = mapped_column(String(300))
    short_headline: Mapped[str] = mapped_column(String(300))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    lead_picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    original_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    content: Mapped[Content] = mapped_column(ContentJson)
    # The text as it was typed, with the single line ends that the last save has joined; see `body/lines`.
    typed_lines: Mapped[str | None] = mapped_column(Text)

    changed_by: Mapped[Person | None] = relationship()

    @classmethod
    def has_slug(cls) -> ColumnElement[bool]:
        """The condition of the index of slugs. SQLite uses the index only for this exact text."""
        return cls.slug != literal_column("''")

    @property
    def copy(self) -> ContentCopy:
        """A copy of the present content, for a revision."""
        return ContentCopy(self.article_id, self.version, self.content, self.words)

    @classmethod
    def starting(cls, content: Content, *, words: int, by_id: int | None, at: datetime) -> Draft:
        """The first version of a new story."""
        return cls(
            version=FIRST_VERSION,
            words=words,
            changed_by_id=by_id,
            changed_at=at,
            **columns_of(content),
        )

    def replace_content(
        self, content: Content, *, words: int, by_id: int | None, at: datetime
    ) -> None:
        """Store `content` as the next version."""
        for name, value in columns_of(content).items():
            setattr(self, name, value)
        self.typed_lines = None
        self.version += 1
        self.words = words
        self.changed_by_id, self.changed_at = by_id, at


def columns_of(content: Content) -> dict[str, Any]:
    """The values of the column for `content` and of the columns that repeat parts of it."""
    return {"content": content} | {name: getattr(content, name) for name in SEARCHED}


class DraftVersion(Model):
    """A former version of a draft: the base for merging changes that were made to it.

    It is kept as long as a form that was opened at this version may still be sent (`actions/revise`).
    """

    __tablename__ = "draft_version"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[Content] = mapped_column(ContentJson)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
