"""What readers are told of changes, in the page's language. Templates have filters with these names."""

from __future__ import annotations

from typing import Protocol

from app.core.language import localization
from app.live.models import ChangeKind, SuppressionReason


class Notice(Protocol):
    """A change with the editor's note, or with the reason why that is hidden."""

    @property
    def reason(self) -> str: ...
    @property
    def note_hidden(self) -> str: ...


def kind_of_change(kind: str) -> str:
    """The kind in the page's language."""
    return localization().gettext(ChangeKind(kind).label)


def told(notice: Notice) -> str:
    """The editor's note on a change, or why readers do not see it any more."""
    if notice.note_hidden:
        return localization().gettext(SuppressionReason(notice.note_hidden).label)
    return notice.reason
