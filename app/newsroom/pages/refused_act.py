"""An act on the page "Review and publish" that was refused: the reason, and what the person had typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

_NOT_DONE = {
    "publish": "Not published",
    "submit": "Not sent for review",
    "send_back": "Not sent back",
    "withdraw": "Not withdrawn",
}


@dataclass(frozen=True)
class RefusedAct:
    """The refusal of the act of the endpoint `act`.

    Args:
        sentences: the reasons that belong to no field.
        written: what was typed, by the name of the field, without empty ones.
        labels: the fields' labels by name.
    """

    act: str
    sentences: tuple[str, ...]
    written: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return _NOT_DONE[self.act]

    @property
    def heading(self) -> str:
        kept = " What you wrote is still here." if self.written else ""
        return f"{self.title} yet.{kept}"

    def note_for(self, act: str) -> str:
        """The typed note, if it belongs into the form of `act`."""
        return self.written.get("note", "") if act == self.act else ""

    def without_a_field(self, shown: Collection[str]) -> list[tuple[str, str]]:
        """Label and text of what was typed and has none of the fields `shown` on the page now."""
        return [
            (self.labels.get(name, name), text)
            for name, text in self.written.items()
            if name not in shown
        ]
