"""What readers are shown: a story, a card that stands for it in a list, and a page of a list.

Plain values that hold no session and no model: made by `live/queries`, and
printed by the reader's templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.articles.languages import LANGUAGES, Language
from app.core.localization import direction
from app.media.renditions import StoredPicture

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class Named:
    """A category, author or topic: what it is called and the last part of its address."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another story, or a page, as a line of text shows it: its short headline where it has one."""

    headline: str
    path: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Section:
    """A category as menus need it."""

    id: int
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What every public page leads to; `pages` stand in no section."""

    sections: tuple[Section, ...] = ()
    pages: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction or clarification: `reason` is the editor's, `number` counts public versions from 1."""

    kind: str
    reason: str
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Translation:
    """The same story in another language."""

    path: str
    language: Language


@dataclass(frozen=True, slots=True)
class Lead(StoredPicture):
    """A lead picture with the description that this story gives it."""

    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A story as a list shows it. `headline` is the short one where the story has one."""

    article_id: int
    path: str
    headline: str
    standfirst: str
    language: str
    published_at: datetime
    updated_at: datetime | None
    category: Named
    picture: Lead | None
    byline: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its own page shows it; a preview may lack what only publishing gives.

    `updated_at` is when readers were last told of news, `changed_at` when anything at all changed. A page
    (about, contact, standards) has no category.
    """

    article_id: int
    path: str
    headline: str
    short_headline: str
    standfirst: str
    html: str
    language: str
    published_at: datetime | None
    updated_at: datetime | None
    category: Named | None
    category_id: int | None
    picture: Lead | None
    caption: str
    credit: str
    words: int = 0
    authors: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    related: tuple[Link, ...] = ()
    search_title: str = ""
    is_live: bool = False
    is_translation: bool = False
    changed_at: datetime | None = None
    notices: tuple[Correction, ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def page_title(self) -> str:
        """What the browser's tab and search engines call it."""
        return self.search_title or self.headline

    @property
    def corrected_at(self) -> datetime | None:
        """When it was last corrected; a clarification takes nothing back."""
        corrections = [each.at for each in self.notices if each.kind == "correction"]
        return max(corrections, default=None)

    @property
    def in_all_languages(self) -> tuple[Translation, ...]:
        """The story and its translations; nothing for one without any."""
        if not self.translations:
            return ()
        return (Translation(self.path, LANGUAGES[self.language]), *self.translations)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a story that once had an address is now; `path` is `None` when it is withdrawn."""

    path: str | None


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Listed]):
    """One page of a list, newest first; `number` counts from 1."""

    entries: tuple[Listed, ...]
    number: int
    has_older: bool

    @property
    def has_newer(self) -> bool:
        return self.number > 1
