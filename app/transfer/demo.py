"""`stet seed --demo N`: plausible stories in bulk, for load tests. The same numbers give the same stories.

They are written straight into the tables, a thousand at a time: loading 100,000 of them through the
editors' actions would take the better part of an hour. `stet check` proves that the result is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from rich.progress import Progress
from sqlalchemy import func, insert, select

from app.accounts.actors import Operator
from app.articles.content import Content
from app.articles.models import Article, Draft, Reason, Revision
from app.articles.models.draft import columns_of
from app.audit.actions import record
from app.audit.verbs import Verb
from app.body import text
from app.body.document import Body
from app.core.db import db, transaction
from app.core.edition import raise_edition
from app.core.slugs import slugify
from app.live.models import Byline, Publication, Tagging
from app.live.printing import COPIED
from app.live.rendering import reader_html
from app.related import actions as related
from app.search import actions as search
from app.taxonomy.actions import add_category, authors_named, topics_named
from app.taxonomy.queries import categories
from app.transfer.demowords import AUTHORS, TOPICS, headline, paragraphs

BATCH = 1000
BODIES = 120
NEWEST = datetime(2026, 3, 1, tzinfo=UTC)
APART = timedelta(minutes=7)


@dataclass(frozen=True)
class Copy:
    """A body with what is made of it once."""

    body: Body
    html: str
    words: int


@dataclass(frozen=True)
class Shelves:
    """What the stories are filed under."""

    categories: list[tuple[int, str]]
    authors: list[int]
    topics: list[int]


def load_demo(count: int, seed: int = 1) -> None:
    """Add `count` live stories, each with two or three versions; a second call adds older ones."""
    copies = [_copy(Random(f"{seed} body {number}")) for number in range(BODIES)]
    with transaction():
        shelves = _shelves()
        first = (db.session.scalar(select(func.max(Article.id))) or 0) + 1
        record(Verb.LOAD_DEMO, "site", count, by=Operator())
    with Progress() as progress:
        task = progress.add_task("Stories", total=count)
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            with transaction():
                _insert(range(first + start, first + start + size), seed, copies, shelves)
                raise_edition("load demo")
            progress.advance(task, size)
    with transaction() as session:
        related.introduce(session.connection())
        raise_edition("load demo")


def _copy(random: Random) -> Copy:
    blocks = [
        {"type": "paragraph", "content": [{"type": "text", "text": paragraph}]}
        for paragraph in paragraphs(random)
    ]
    body = Body.parse({"type": "doc", "content": blocks})
    return Copy(body, reader_html(body), text.word_count(body))


def _shelves() -> Shelves:
    by = Operator()
    if not categories():
        for position, name in enumerate(("Politics", "Economy", "Culture", "Sport")):
            add_category(slugify(name), name, position=position, by=by)
    return Shelves(
        [(category.id, category.slug) for category in categories()],
        [author.id for author in authors_named(AUTHORS, by=by)],
        [topic.id for topic in topics_named(TOPICS, by=by)],
    )


def _insert(ids: range, seed: int, copies: list[Copy], shelves: Shelves) -> None:
    stories = [_Story(number, seed, copies, shelves) for number in ids]
    last = db.session.scalar(select(func.max(Revision.id))) or 0
    revisions = [row for story in stories for row in story.revisions()]
    for number, row in enumerate(revisions, start=last + 1):
        row["id"] = number
    execute = db.session.execute
    execute(insert(Article), [story.article() for story in stories])
    execute(insert(Revision), revisions)
    execute(insert(Draft), [story.draft() for story in stories])
    seen = {row["article_id"]: row["id"] for row in revisions}
    execute(insert(Publication), [story.publication(seen[story.number]) for story in stories])
    execute(insert(Byline), [row for story in stories for row in story.bylines()])
    if taggings := [row for story in stories for row in story.taggings()]:
        execute(insert(Tagging), taggings)
    search.enter(ids)
    _go_on_counting()


def _go_on_counting() -> None:
    """PostgreSQL counts apart from the rows, so it has to be told of ids that it did not give."""
    if db.engine.dialect.name == "postgresql":
        for table in ("article", "revision"):
            last = select(
                func.max(Article.id if table == "article" else Revision.id)
            ).scalar_subquery()
            db.session.execute(select(func.setval(f"{table}_id_seq", last)))


class _Story:
    """The rows of one story, all decided by its number and the seed."""

    def __init__(self, number: int, seed: int, copies: list[Copy], shelves: Shelves) -> None:
        random = Random(f"{seed} story {number}")
        self.number = number
        self.headline = headline(random)
        self.category_id, category_slug = random.choice(shelves.categories)
        self.slug = f"{slugify(self.headline)[:70].rstrip('-')}-{number}"
        self.path = f"/{category_slug}/{self.slug}"
        self.author_ids = tuple(random.sample(shelves.authors, random.choice((1, 1, 1, 2))))
        self.topic_ids = tuple(random.sample(shelves.topics, random.choice((0, 1, 2, 3))))
        self.drafts = [random.choice(copies) for _ in range(random.choice((1, 1, 2)))]
        self.published_at = NEWEST - number * APART

    def article(self) -> dict[str, Any]:
        return {
            "id": self.number,
            "started_at": self.published_at,
            "touched_at": self.published_at,
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
        """One for each version of the draft, then the one that was published."""
        reasons = [Reason.IMPORTED] + [Reason.SAVED] * (len(self.drafts) - 1)
        for number, (copy, reason) in enumerate(zip(self.drafts, reasons, strict=True), start=1):
            yield self._revision(number, number, copy, reason)
        last = len(self.drafts)
        yield self._revision(last + 1, last, self.drafts[-1], Reason.PUBLISHED)

    def _revision(self, number: int, version: int, copy: Copy, reason: Reason) -> dict[str, Any]:
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
        """What readers see: the copy of the newest revision."""
        copy = self.drafts[-1]
        content = self._content(copy)
        return {name: getattr(content, name) for name in COPIED} | {
            "article_id": self.number,
            "revision_id": revision_id,
            "draft_version": len(self.drafts),
            "path": self.path,
            "category_id": self.category_id,
            "published_at": self.published_at,
            "words": copy.words,
            "html": copy.html,
        }

    def _content(self, copy: Copy) -> Content:
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
        }
