"""The kinds of change: each with its name for readers and editors, and with what an editor learns of it."""

from __future__ import annotations

from enum import StrEnum

from app.body.wording import phrase


class ChangeKind(StrEnum):
    """What sort of change a story is published anew with. Each asks for a place of its own on its page.

    `label` is what readers and editors call it, in English: whoever prints it for readers translates it.
    `in_sentence` stands in the newsroom's list of versions. `effect` tells editors what follows from the
    choice (`{kind}` is a story or a page); the kind that has none is not for them to choose. The notices stay
    with the story and stand in the list of corrections.
    """

    label: str
    in_sentence: str
    effect: str

    FIX = (
        "fix",
        phrase("Spelling mended"),
        "spelling mended",
        "Nothing that is said has changed. The {kind} shows no new time and no notice; "
        "the page of its changes has it.",
    )
    UPDATE = (
        "update",
        phrase("Update"),
        "an update",
        "There is more to tell. The {kind} shows the new time among its dates, and no notice.",
    )
    CORRECTION = (
        "correction",
        phrase("Correction"),
        "a correction",
        "Something was wrong. From now on a notice stands below the text, a time among the dates at the "
        "top leads to it, and the list of corrections has it.",
    )
    CLARIFICATION = (
        "clarification",
        phrase("Clarification"),
        "a clarification",
        "Something could be misread. From now on a notice stands below the text, and the list of "
        "corrections has it; the dates at the top show the new time alone.",
    )
    # What was withdrawn is put back as it was.
    RETURN = ("return", phrase("Published again"), "brought back as it was", "")

    # The defaults are for the checker of types, to which ChangeKind("fix") makes a kind anew.
    def __new__(
        cls, value: str, label: str = "", in_sentence: str = "", effect: str = ""
    ) -> ChangeKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.in_sentence, member.effect = label, in_sentence, effect
        return member

    @property
    def is_notice(self) -> bool:
        """Whether it stands on the story's page and on the list of corrections."""
        return self in NOTICES

    @property
    def is_update(self) -> bool:
        """Whether the story says that it was updated, which it was when it says something else."""
        return self in UPDATES


NOTICES = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION)
UPDATES = (ChangeKind.UPDATE, *NOTICES)
