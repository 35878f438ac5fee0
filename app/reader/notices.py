"""The kinds of change in the page's language; templates print them through the filter `kind_of_change`."""

from __future__ import annotations

from app.core.language import localization
from app.live.models import ChangeKind


def kind_of_change(kind: str) -> str:
    """The kind in the page's language."""
    return localization().gettext(ChangeKind(kind).label)
