"""Adds to the audit log: every editorial act calls `record` in its own transaction."""

from typing import Protocol

from app.audit.models import AuditEntry
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db


class AuditActor(Protocol):
    """Who acts: a person with an account, or a command. The log needs only these two values."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


def record(
    verb: Verb,
    subject_kind: str,
    subject_id: int,
    *,
    by: AuditActor,
    revision_id: int | None = None,
    note: str = "",
) -> None:
    """Record that `by` did `verb` to a subject, with the revision and the reason that they gave."""
    db.session.add(
        AuditEntry(
            at=clock.now(),
            person_id=by.id,
            actor=by.name,
            act=verb.value,
            subject_kind=subject_kind,
            subject_id=subject_id,
            revision_id=revision_id,
            note=note[:1000],
        )
    )
