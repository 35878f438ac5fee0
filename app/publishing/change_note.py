"""The change note: what readers are told about a change, as the editor writes it."""

from __future__ import annotations

from dataclasses import dataclass

from app.live.models import ChangeKind
from app.publishing.notes import says_something


@dataclass(frozen=True)
class ChangeNote:
    """What readers are told about a change: its kind, and the reason in one paragraph by the editor."""

    kind: ChangeKind = ChangeKind.UPDATE
    reason: str = ""

    def problems(self) -> dict[str, str]:
        """What is missing, by field. A notice has to say what was wrong."""
        if self.kind.is_notice and not says_something(self.reason):
            return {"reason": f"Tell readers what this {self.kind} is about."}
        return {}
