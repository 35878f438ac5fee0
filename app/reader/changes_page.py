"""What the page of one story's changes shows beside the changes themselves; printed by its template."""

from __future__ import annotations

from dataclasses import dataclass

from app.body.wording import phrase
from app.live.models import ChangeKind
from app.live.queries.history import PublicChange
from app.live.shapes import ListPage, Story

_SOME = phrase(
    "Every change since it was published, newest first: the words that left are <del>struck out</del> "
    "and the words that came are <ins>underlined</ins>."
)
_NONE = phrase("Nothing has changed since it was published.")


@dataclass(frozen=True)
class ChangesPage:
    """The changes to `story`, and the page of their list that is shown."""

    story: Story
    list: ListPage[PublicChange]

    @property
    def address(self) -> str:
        """Where the first page of the list is."""
        return f"{self.story.path}/changes"

    @property
    def section(self) -> str:
        """The part of the address that names the section; empty for a page without one."""
        return self.story.category.slug if self.story.category else ""

    @property
    def is_of_story(self) -> bool:
        """Whether it is a story, and not a page (about, contact)."""
        return self.story.category is not None

    @property
    def introduction(self) -> str:
        """A sentence in English, to be translated."""
        return _SOME if self.list.entries else _NONE

    def is_folded(self, change: PublicChange) -> bool:
        """Whether the words of a change are hidden at first: corrected spelling is no news."""
        is_fix, comparison = change.kind is ChangeKind.FIX, change.comparison
        return is_fix and comparison is not None and not comparison.is_empty
