"""How the newsroom's pages refer to people."""

from __future__ import annotations

from app.accounts.models import Person


def who_saved(changed_by: Person | None, person: Person) -> str:
    """Who saved the draft last, as `person` reads it: “you” or a name."""
    if changed_by is None:
        return "an import"
    return "you, in another window," if changed_by.id == person.id else changed_by.name
