"""The content of the files under `seeds/` as values. `seedfile` makes them, and `seeding` loads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.articles.models import ArticleKind
from app.body import Body
from app.transfer.textfile import SeedError


@dataclass(frozen=True)
class SeedCategory:
    """A section of the site."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class SeedTopic:
    """A topic of stories."""

    slug: str
    name: str


@dataclass(frozen=True)
class SeedTaxonomy:
    """The content of `taxonomy.yaml`. The menu shows the categories in this order."""

    categories: tuple[SeedCategory, ...]
    topics: tuple[SeedTopic, ...]


@dataclass(frozen=True)
class SeedAuthor:
    """An author of stories."""

    slug: str
    name: str
    about: str


@dataclass(frozen=True)
class SeedLead:
    """A story's lead picture. `file` is None for a placeholder that is drawn from the story's slug."""

    file: Path | None
    caption: str
    credit: str
    alt: str


@dataclass(frozen=True)
class SeedStory:
    """One file of `stories/` or `pages/`. Category, authors and topics are names, as the file has them."""

    kind: ArticleKind
    file: str
    slug: str
    headline: str
    short_headline: str
    standfirst: str
    category: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    published: datetime
    lead: SeedLead | None
    body: Body
    digest: str
    """SHA-256 of the file's text, in hex. It changes when the file changes."""
    lines: Mapping[str, int] = field(repr=False, compare=False)
    """The line of each key. A name in a list has the key `key: name`."""

    def fault(self, key: str, problem: str) -> SeedError:
        """An error at the line of `key`, for a fault that only the loader can find."""
        return SeedError(self.file, self.lines.get(key, 1), problem)


@dataclass(frozen=True)
class Seeds:
    """The content of a whole folder. Every name in a story exists in the taxonomy or among the authors."""

    taxonomy: SeedTaxonomy
    authors: tuple[SeedAuthor, ...]
    stories: tuple[SeedStory, ...]
    """In order of publication, oldest first."""
    pages: tuple[SeedStory, ...] = ()
    """Pages (about, contact, standards), in the same order. They have no category, authors or topics."""
