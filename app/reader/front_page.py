"""What the front page shows, and which of its stories leads. The template prints these values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.core.localization import supported
from app.live.shapes import Card, Lead, Section
from app.reader.photographs import first_photograph


@dataclass(frozen=True)
class FrontPage:
    """The front page: the newest stories, newest first, and the newest of each section.

    `language` is the site's.
    """

    newest: Sequence[Card]
    rails: Sequence[tuple[Section, Sequence[Card]]]
    language: str

    @cached_property
    def lead(self) -> Card | None:
        """The newest story in the language of the site. If there is none, the newest of all."""
        own = (card for card in self.newest if supported(card.language) == self.language)
        return next(own, next(iter(self.newest), None))

    @property
    def beside(self) -> Sequence[Card]:
        """The other newest stories. They stand beside the lead, without pictures."""
        return [card for card in self.newest if card is not self.lead]

    @property
    def photograph(self) -> Lead | None:
        """What other sites show beside a link to the front page."""
        return first_photograph([self.lead, *self.newest] if self.lead else [])

    @property
    def first_railed_picture(self) -> int:
        """The story whose picture comes first on the page, below a lead without one. 0 if there is none.

        A browser should not wait until a reader scrolls to it.
        """
        if self.lead and self.lead.picture:
            return 0
        railed = (card for _section, cards in self.rails for card in cards)
        return next((card.article_id for card in railed if card.picture), 0)
