"""The audit log's one table."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class AuditEntry(Model):
    """One act. `actor` is the person's name, which stays known after their account is deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "subject_kind", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # No foreign key: accounts are a higher layer, and an entry stays after its account is deleted.
    person_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    revision_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
