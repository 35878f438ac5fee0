"""What readers call the kinds of change; the templates print it through the filter `kind_of_change`."""

from __future__ import annotations

from app.articles.models import ChangeKind
from app.core.language import speech

# Named so that the words are found for the catalogues.
_ = str

_NAMES = {
    ChangeKind.FIX: _("Spelling mended"),
    ChangeKind.UPDATE: _("Update"),
    ChangeKind.CORRECTION: _("Correction"),
    ChangeKind.CLARIFICATION: _("Clarification"),
}


def kind_of_change(kind: str) -> str:
    """The kind in the page's language."""
    return speech().gettext(_NAMES[ChangeKind(kind)])
