"""`stet seed --demo N`: plausible stories in bulk, for load tests. The same numbers give the same stories.

They are inserted into the tables directly, a thousand at a time: loading 100,000 of them with the editors'
actions would take most of an hour. `stet check` proves that the result is the same.
"""

from __future__ import annotations

from random import Random

from sqlalchemy import func, insert, select

from app.accounts.actors import Operator
from app.articles.models import Article, Draft, Revision
from app.articles.models.headline import HEADLINES
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core.db import db, transaction
from app.core.edition import raise_edition
from app.core.slugs import slugify
from app.live.models import Byline, Publication, Tagging
from app.related import actions as related
from app.search import actions as search
from app.taxonomy.actions import add_category, authors_named, topics_named
from app.taxonomy.queries import categories
from app.transfer.demo_story import DemoBody, DemoStory, DemoTaxonomy, demo_body
from app.transfer.demowords import AUTHORS, TOPICS

BATCH = 1000
BODIES = 120


def load_demo(count: int, seed: int = 1) -> None:
    """Add `count` live stories, each with two or three versions; a second call adds older ones."""
    from rich.progress import Progress  # noqa: PLC0415  # `stet serve` starts without it

    bodies = [demo_body(Random(f"{seed} body {number}")) for number in range(BODIES)]
    with transaction():
        taxonomy = _taxonomy()
        first = (db.session.scalar(select(func.max(Article.id))) or 0) + 1
        record(Verb.LOAD_DEMO, "site", count, by=Operator())
    with Progress() as progress:
        task = progress.add_task("Stories", total=count)
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            with transaction():
                _insert(range(first + start, first + start + size), seed, bodies, taxonomy)
                raise_edition("load demo")
            progress.advance(task, size)
    with transaction() as session:
        related.fill_empty_lists(session.connection())
        raise_edition("load demo")


def _taxonomy() -> DemoTaxonomy:
    by = Operator()
    if not categories():
        for position, name in enumerate(("Politics", "Economy", "Culture", "Sport")):
            add_category(slugify(name), name, position=position, by=by)
    return DemoTaxonomy(
        [(category.id, category.slug) for category in categories()],
        [author.id for author in authors_named(AUTHORS, by=by)],
        [topic.id for topic in topics_named(TOPICS, by=by)],
    )


def _insert(ids: range, seed: int, bodies: list[DemoBody], taxonomy: DemoTaxonomy) -> None:
    stories = [DemoStory(number, seed, bodies, taxonomy) for number in ids]
    last = db.session.scalar(select(func.max(Revision.id))) or 0
    revisions = [row for story in stories for row in story.revisions()]
    for number, row in enumerate(revisions, start=last + 1):
        row["id"] = number
    execute = db.session.execute
    execute(insert(Article), [story.article() for story in stories])
    execute(insert(Revision), revisions)
    execute(insert(Draft), [story.draft() for story in stories])
    HEADLINES.add(HEADLINES.entry(story.number, story.headline) for story in stories)
    seen = {row["article_id"]: row["id"] for row in revisions}
    execute(insert(Publication), [story.publication(seen[story.number]) for story in stories])
    execute(insert(Byline), [row for story in stories for row in story.bylines()])
    if taggings := [row for story in stories for row in story.taggings()]:
        execute(insert(Tagging), taggings)
    search.add(ids)
    _advance_sequences()


def _advance_sequences() -> None:
    """PostgreSQL does not notice ids that it did not assign, so its sequences are advanced here."""
    if db.engine.dialect.name == "postgresql":
        for table in ("article", "revision"):
            last = select(
                func.max(Article.id if table == "article" else Revision.id)
            ).scalar_subquery()
            db.session.execute(select(func.setval(f"{table}_id_seq", last)))
