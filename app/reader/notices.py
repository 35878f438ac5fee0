"""What readers call the kinds of change; the templates print it through the filter `kind_of_change`."""

from __future__ import annotations

from app.body.wording import phrase
from app.core.language import speech
from app.live.models import ChangeKind

_NAMES = {
    ChangeKind.FIX: phrase("Spelling mended"),
    ChangeKind.UPDATE: phrase("Update"),
    ChangeKind.CORRECTION: phrase("Correction"),
    ChangeKind.CLARIFICATION: phrase("Clarification"),
    ChangeKind.RETURN: phrase("Published again"),
}


def kind_of_change(kind: str) -> str:
    """The kind in the page's language."""
    return speech().gettext(_NAMES[ChangeKind(kind)])
