"""The change: what readers are told about a new version of a story that was already live."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime
from app.live.models.change_kind import NOTICES

_IS_NOTICE = text("kind IN ('correction', 'clarification')")


class Change(Model):
    """The public note on one published revision. Every published revision has one, except a story's first."""

    __tablename__ = "change"
    __table_args__ = (
        Index(None, "article_id", "at"),
        Index(
            "ix_change_notice",
            "at",
            "revision_id",
            sqlite_where=_IS_NOTICE,
            postgresql_where=_IS_NOTICE,
        ),
    )

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    # Written by the editor, for readers. A notice always has one.
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @classmethod
    def is_notice(cls) -> ColumnElement[bool]:
        """The condition of the partial index on notices. Databases use the index only for this exact text."""
        return cls.kind.in_([literal_column(f"'{kind}'") for kind in NOTICES])
