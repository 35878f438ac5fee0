"""The suppression: words that readers have seen and shall not see again, and what they are told instead."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.body.wording import phrase
from app.core.db import Model, UtcDateTime


class SuppressionReason(StrEnum):
    """Why the words are not shown. `label` is what readers are told, in English; pages translate it."""

    label: str

    LEGAL = ("legal", phrase("Removed for legal reasons."))
    PRIVACY = ("privacy", phrase("Removed to protect somebody’s privacy."))
    SAFETY = ("safety", phrase("Removed to protect somebody’s safety."))
    COPYRIGHT = ("copyright", phrase("Removed because of copyright."))
    MISTAKE = ("mistake", phrase("Removed because it was published by mistake."))

    # The default is for the type checker: for it, SuppressionReason("legal") is a call of this function.
    def __new__(cls, value: str, label: str = "") -> SuppressionReason:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Suppression(Model):
    """A published revision whose words the story's history does not show. Without this row, it shows them.

    `hides_note` says that the change that readers were told of with this revision is not shown either. The
    newsroom keeps the words. Only `publishing/suppression` writes these rows.
    """

    __tablename__ = "suppression"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(16))
    hides_note: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
