"""Makes the rows of the stories of `stet seed --demo` from a number and a seed. `demo` inserts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from app.articles.content import Content
from app.articles.models import Reason
from app.articles.models.draft import columns_of
from app.body import text
from app.body.document import Body
from app.core.slugs import slugify
from app.live.models import sitemap_part_of
from app.live.printing import COPIED
from app.live.rendering import reader_html
from app.transfer.demowords import headline, paragraphs

NEWEST = datetime(2026, 3, 1, tzinfo=UTC)
APART = timedelta(minutes=7)


@dataclass(frozen=True)
class DemoBody:
    """A body with its HTML and its word count, which are computed only once."""

    body: Body
    html: str
    words: int


@dataclass(frozen=True)
class DemoTaxonomy:
    """The ids of the categories (with their slugs), authors and topics of the stories."""

    categories: list[tuple[int, str]]
    authors: list[int]
    topics: list[int]


def demo_body(random: Random) -> DemoBody:
    blocks = [
        {"type": "paragraph", "content": [{"type": "text", "text": paragraph}]}
        for paragraph in paragraphs(random)
    ]
    body = Body.parse({"type": "doc", "content": blocks})
    return DemoBody(body, reader_html(body, {}), text.word_count(body))


class DemoStory:
    """The rows of one story. Its number and the seed decide everything."""

    def __init__(
        self, number: int, seed: int, bodies: list[DemoBody], taxonomy: DemoTaxonomy
    ) -> None:
        random = Random(f"{seed} story {number}")
        self.number = number
        self.headline = headline(random)
        self.category_id, category_slug = random.choice(taxonomy.categories)
        self.slug = f"{slugify(self.headline)[:70].rstrip('-')}-{number}"
        self.path = f"/{category_slug}/{self.slug}"
        self.author_ids = tuple(random.sample(taxonomy.authors, random.choice((1, 1, 1, 2))))
        self.topic_ids = tuple(random.sample(taxonomy.topics, random.choice((0, 1, 2, 3))))
        self.drafts = [random.choice(bodies) for _ in range(random.choice((1, 1, 2)))]
        self.published_at = NEWEST - number * APART

    def article(self) -> dict[str, Any]:
        return {
            "id": self.number,
            "started_at": self.published_at,
            "touched_at": self.published_at,
            "category_id": self.category_id,
            "published_at": self.published_at,
        }

    def draft(self) -> dict[str, Any]:
        copy = self.drafts[-1]
        return columns_of(self._content(copy)) | {
            "words": copy.words,
            "article_id": self.number,
            "version": len(self.drafts),
            "changed_at": self.published_at,
        }

    def revisions(self) -> Iterator[dict[str, Any]]:
        """One row for each version of the draft, then one for the published revision."""
        reasons = [Reason.IMPORTED] + [Reason.SAVED] * (len(self.drafts) - 1)
        for number, (copy, reason) in enumerate(zip(self.drafts, reasons, strict=True), start=1):
            yield self._revision(number, number, copy, reason)
        last = len(self.drafts)
        yield self._revision(last + 1, last, self.drafts[-1], Reason.PUBLISHED)

    def _revision(
        self, number: int, version: int, copy: DemoBody, reason: Reason
    ) -> dict[str, Any]:
        return {
            "content": self._content(copy),
            "words": copy.words,
            "article_id": self.number,
            "number": number,
            "draft_version": version,
            "reason": reason.value,
            "note": "",
            "at": self.published_at,
        }

    def publication(self, revision_id: int) -> dict[str, Any]:
        """The publication of the newest revision."""
        copy = self.drafts[-1]
        content = self._content(copy)
        return {name: getattr(content, name) for name in COPIED} | {
            "article_id": self.number,
            "revision_id": revision_id,
            "draft_version": len(self.drafts),
            "path": self.path,
            "category_id": self.category_id,
            "published_at": self.published_at,
            "modified_at": self.published_at,
            "sitemap_part": sitemap_part_of(self.number),
            "words": copy.words,
            "html": copy.html,
        }

    def _content(self, copy: DemoBody) -> Content:
        return Content(
            headline=self.headline,
            body=copy.body,
            category_id=self.category_id,
            author_ids=self.author_ids,
            topic_ids=self.topic_ids,
            slug=self.slug,
        )

    def bylines(self) -> Iterator[dict[str, Any]]:
        for position, author_id in enumerate(self.author_ids):
            yield self._listed(position) | {"author_id": author_id}

    def taggings(self) -> Iterator[dict[str, Any]]:
        for position, topic_id in enumerate(self.topic_ids):
            yield self._listed(position) | {"topic_id": topic_id}

    def _listed(self, position: int) -> dict[str, Any]:
        return {
            "article_id": self.number,
            "position": position,
            "published_at": self.published_at,
            "modified_at": self.published_at,
        }
