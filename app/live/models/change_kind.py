"""The kinds of change, with their names for readers and editors and an explanation for editors."""

from __future__ import annotations

from enum import StrEnum

from app.body.wording import phrase


class ChangeKind(StrEnum):
    """The kind of change with which a live story is published again. The story's page shows each differently.

    `label` is its English name; code that prints it for readers translates it. `in_sentence` is used in the
    newsroom's list of versions. `effect` tells editors what the choice does (`{kind}` is “story” or “page”).
    Editors cannot choose a kind without an `effect`. Notices stay with the story and are shown in the list of
    corrections.
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
    # A withdrawn story is published again without a change.
    RETURN = ("return", phrase("Published again"), "brought back as it was", "")

    # The defaults are for the type checker: for it, ChangeKind("fix") is a call of this function.
    def __new__(
        cls, value: str, label: str = "", in_sentence: str = "", effect: str = ""
    ) -> ChangeKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.in_sentence, member.effect = label, in_sentence, effect
        return member

    @property
    def is_notice(self) -> bool:
        """Whether a notice is shown on the story's page and in the list of corrections."""
        return self in NOTICES

    @property
    def is_update(self) -> bool:
        """Whether the story shows a new “updated” time: its meaning has changed, not only its spelling."""
        return self in UPDATES


NOTICES = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION)
UPDATES = (ChangeKind.UPDATE, *NOTICES)
