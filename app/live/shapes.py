"""The values that readers' pages show: a story, its card in a list, and one page of a list.

They hold no database session and no model. `live/queries` makes them, and the reader's templates print them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.articles.languages import LANGUAGES, Language
from app.core.localization import direction
from app.media.renditions import SQUARE, PictureFile, StoredPicture

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class Named:
    """A category, author or topic: its name, and the last part of its address."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another story or page. `headline` is the short headline if there is one."""

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
    """What is the same on every public page.

    `pages` are the live pages (about, contact), which are in no section. `picture` is what other sites show
    beside a link to a page without a photograph.
    """

    sections: tuple[Section, ...] = ()
    pages: tuple[Link, ...] = ()
    picture: Lead | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction or clarification. The editor wrote `reason`; `number` counts public versions from 1.

    When `reason` is hidden, it is empty, and `note_hidden` says why.
    """

    kind: str
    reason: str
    at: datetime
    number: int
    note_hidden: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """The same story in another language."""

    path: str
    language: Language


@dataclass(frozen=True, slots=True)
class Lead(StoredPicture):
    """A lead picture with its description in this story."""

    alt: str


@dataclass(frozen=True, slots=True)
class Portrait(StoredPicture):
    """The portrait of an author, with what the library says of it."""

    alt: str
    credit: str

    @property
    def square(self) -> PictureFile:
        """The file for programs that cannot choose from several."""
        return self.file(SQUARE)

    @property
    def squares(self) -> str:
        """The value of `srcset`. Empty when there are no small squares."""
        return self.srcset(SQUARE)


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """An author as the page of the author's stories shows them."""

    id: int
    name: str
    slug: str
    about: str
    portrait: Portrait | None


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list. `headline` is the short headline if there is one."""

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
    """A story on its own page. A preview has no values for what only publishing sets.

    `updated_at` is when readers were last told of an update, `changed_at` when anything changed at all. A
    page (about, contact, standards) has no category.
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
        """The title for the browser's tab and for search engines."""
        return self.search_title or self.headline

    @property
    def corrected_at(self) -> datetime | None:
        """When the newest correction was published. A clarification is no correction."""
        corrections = [each.at for each in self.notices if each.kind == "correction"]
        return max(corrections, default=None)

    @property
    def in_all_languages(self) -> tuple[Translation, ...]:
        """The story and its translations. Empty when there are no translations."""
        if not self.translations:
            return ()
        return (Translation(self.path, LANGUAGES[self.language]), *self.translations)


@dataclass(frozen=True, slots=True)
class Moved:
    """The present path of a story that once had another address. `path` is `None` when it is withdrawn."""

    path: str | None


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Listed]):
    """One page of a list, newest first. `number` counts from 1."""

    entries: tuple[Listed, ...]
    number: int
    has_older: bool

    @property
    def has_newer(self) -> bool:
        return self.number > 1
