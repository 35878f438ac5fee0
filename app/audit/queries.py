"""Reading the audit log."""

from collections.abc import Sequence

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db


def entries_about(subject_kind: str, subject_id: int, limit: int = 100) -> Sequence[AuditEntry]:
    """What happened to one subject, newest first."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()
