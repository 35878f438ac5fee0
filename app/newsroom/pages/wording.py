"""What the newsroom's pages call people and changes."""

from __future__ import annotations

from app.accounts.models import Person
from app.live.models import ChangeKind

# What a change was called where the editor chose it (forms/publishing).
KINDS_OF_CHANGE = {
    ChangeKind.FIX: "spelling mended",
    ChangeKind.UPDATE: "an update",
    ChangeKind.CORRECTION: "a correction",
    ChangeKind.CLARIFICATION: "a clarification",
    ChangeKind.RETURN: "brought back as it was",
}


def who_saved(changed_by: Person | None, person: Person) -> str:
    """Who saved the draft last, said to `person`."""
    if changed_by is None:
        return "an import"
    return "you, in another window," if changed_by.id == person.id else changed_by.name
