"""What the files under `seeds/` say, as values: made by `seedfile`, used by the seed loader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.articles.models import ArticleKind
from app.body import Body
from app.transfer.textfile import SeedError


@dataclass(frozen=True)
class SeedCategory:
    """A section of the paper."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class SeedTopic:
    """What a story may be about."""

    slug: str
    name: str


@dataclass(frozen=True)
class SeedTaxonomy:
    """What `taxonomy.yaml` says; its order of categories is the masthead's."""

    categories: tuple[SeedCategory, ...]
    topics: tuple[SeedTopic, ...]


@dataclass(frozen=True)
class SeedAuthor:
    """A name that signs stories."""

    slug: str
    name: str
    about: str


@dataclass(frozen=True)
class SeedLead:
    """A story's lead picture. `file` is None when it is to be drawn from the story's slug."""

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
    """SHA-256 of the file's text, in hex: the same as long as the file says the same."""
    lines: Mapping[str, int] = field(repr=False, compare=False)
    """The line of each key, and of each name in a list as `key: name`."""

    def fault(self, key: str, problem: str) -> SeedError:
        """An error at the line of `key`, for a fault that only the loader can see."""
        return SeedError(self.file, self.lines.get(key, 1), problem)


@dataclass(frozen=True)
class Seeds:
    """A whole folder; every name in a story is one of the taxonomy or of the authors."""

    taxonomy: SeedTaxonomy
    authors: tuple[SeedAuthor, ...]
    stories: tuple[SeedStory, ...]
    """In the order of publication, oldest first."""
    pages: tuple[SeedStory, ...] = ()
    """About, contact, standards: without category, authors and topics; in the same order."""
