"""What the newsroom's pages call people."""

from __future__ import annotations

from app.accounts.models import Person


def who_saved(changed_by: Person | None, person: Person) -> str:
    """Who saved the draft last, said to `person`."""
    if changed_by is None:
        return "an import"
    return "you, in another window," if changed_by.id == person.id else changed_by.name
