"""The submission: a draft that was sent for review, and the answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, UtcDateTime


class SubmissionOutcome(StrEnum):
    """How a submission ended."""

    SENT_BACK = "sent back"
    PUBLISHED = "published"


class Submission(Model):
    """A submission is open while `decided_at` is empty. The article refers to its open submission."""

    __tablename__ = "submission"
    __table_args__ = (Index(None, "article_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    draft_version: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(1000), default="")
    outcome: Mapped[str | None] = mapped_column(String(12))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(1000), default="")

    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    def decide(
        self, outcome: SubmissionOutcome, answer: str, *, by_id: int | None, at: datetime
    ) -> None:
        """Close the submission with an answer to the person who sent it."""
        self.outcome, self.answer = outcome.value, answer
        self.decided_by_id, self.decided_at = by_id, at
