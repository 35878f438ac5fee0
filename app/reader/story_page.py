"""What the page of one story shows besides the story itself. Templates print these values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.live.shapes import Card, Lead, Link, Story
from app.reader.photographs import photograph
from app.reader.reading import minutes_to_read, years_old

MOST_RELATED = 4


@dataclass(frozen=True)
class StoryPage:
    """One story on its page, or a page that stands in no section (about, contact); a preview is neither live.

    Args:
        base_url: of the site.
        data: what search engines are told of a live story (schema.org); None for a preview.
        next: the story that is read after this one, if any.
    """

    story: Story
    base_url: str
    zone: ZoneInfo
    data: Mapping[str, object] | None = None
    next: Card | None = None

    @property
    def section(self) -> str:
        """The part of the address that names the section; empty for a page without one."""
        return self.story.category.slug if self.story.category else ""

    @property
    def is_live(self) -> bool:
        return self.story.is_live

    @property
    def address(self) -> str:
        """Its URL for readers. Empty for a preview, which nobody else can open."""
        return f"{self.base_url}{self.story.path}" if self.is_live else ""

    @property
    def photograph(self) -> Lead | None:
        """The lead picture, if sites that show links as cards can show it."""
        return photograph(self.story.picture)

    @property
    def years_old(self) -> int:
        """Whole years since it was published; 0 for pages without a section, which are kept up to date."""
        return years_old(self.story, self.zone) if self.story.category else 0

    @property
    def minutes_to_read(self) -> int:
        """Whole minutes; 0 for pages without a section and for stories without words."""
        return minutes_to_read(self.story) if self.story.category else 0

    @property
    def changes_path(self) -> str:
        """Where its changes are shown, word by word; empty when nothing has changed yet."""
        is_changed = self.story.published_at is not None and self.story.changed_at is not None
        return f"{self.story.path}/changes" if is_changed else ""

    @property
    def is_shared(self) -> bool:
        """Whether readers are offered ways to share it."""
        return self.is_live and self.story.category is not None

    @property
    def related(self) -> Sequence[Link]:
        """The links at its end; the story that is read next stands below them anyway."""
        if not self.story.category:
            return ()
        others = (each for each in self.story.related if not self._is_next(each))
        return list(others)[:MOST_RELATED]

    def _is_next(self, link: Link) -> bool:
        return self.next is not None and link.path == self.next.path

    @property
    def has_end(self) -> bool:
        """Whether there is anything below the text."""
        story = self.story
        return bool(story.topics or story.translations) or (self.is_shared or bool(self.related))
