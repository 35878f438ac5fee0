"""Whether editors' acts, their lists and the sitemaps cost the same with many stories, on both databases.

A small and a large site take turns, call by call. The large one has 400,000 stories on SQLite and 100,000 on
PostgreSQL.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import Article
from app.core.db import db, transaction
from app.publishing.actions import publish_draft
from app.transfer.checking import findings
from tests.bench.growth import Call, side_by_side, signed_in
from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings
from tests.support.databases import running_app
from tests.support.postgres import running_postgres

FEW = 1_000
MANY = {"SQLite": 400_000, "PostgreSQL": 100_000}
CHECKED, MOST_SECONDS = 100_000, 60
# No story has this word.
LISTS = {
    "Newsroom list of a section": "/newsroom/articles?category=1",
    "Newsroom drafts of a section": "/newsroom/articles?category=1&state=draft",
    "Newsroom search, rare word": "/newsroom/articles?headline=zweckverband",
}
MAPS = {
    "Sitemap index": "/sitemap.xml",
    "Sitemap of topics": "/sitemaps/topics/1.xml",
    "Sitemap of authors": "/sitemaps/authors/1.xml",
    "News sitemap": "/sitemaps/news.xml",
}


def figures() -> Iterator[Figure]:
    """For each act and page, the median time with many stories divided by the time with few."""
    yield from _compared("SQLite", lambda _name: "")
    with running_postgres() as server:
        yield from _compared("PostgreSQL", server.create)


def _compared(database: str, address: Callable[[str], str]) -> Iterator[Figure]:
    many = MANY[database]
    with ExitStack() as stack:
        small = Site(stack, FEW, address("few"))
        large = Site(stack, many, address("many"))
        for name, call in small.calls().items():
            one, other = side_by_side(call, large.calls()[name], times=60)
            yield Figure(f"{name}, {database}, {FEW:,} stories", one * 1000, "ms")
            yield Figure(f"{name}, {database}, {many:,} stories", other * 1000, "ms")
            yield Figure(f"{name}, {database}, growth", other / one, "times", 1.5, "at most")
        started = time.perf_counter()
        wrong = large.check()
        taken = (time.perf_counter() - started) * CHECKED / many
        name = f"stet check, {database}, for each {CHECKED:,} stories"
        yield Figure(name, taken, "s", MOST_SECONDS, "at most")
        yield Figure(f"Findings of stet check, {database}", wrong, "findings", 0, "at most")


class Site:
    """A site with demo stories, an editor and a reader."""

    def __init__(self, stack: ExitStack, stories: int, database_url: str) -> None:
        self.instance: Path = stack.enter_context(demo_site(stories, database_url))
        given = settings(self.instance) | {"STET_PAGE_CACHE_MB": "0"}
        given |= {"STET_DATABASE_URL": database_url} if database_url else {}
        self.app: Flask = stack.enter_context(running_app(given))
        self.editor, self.reader = signed_in(self.app), self.app.test_client()
        self._ids = cycle(range(100, FEW - 100))

    def calls(self) -> dict[str, Call]:
        """A function for each act and page."""
        acts: dict[str, Call] = {
            "Save": partial(self._in_context, self._save),
            "New story": partial(self._in_context, self._start),
            "Save and publish": partial(self._in_context, self._publish),
        }
        lists: dict[str, Call] = {
            name: partial(self.editor.get, path) for name, path in LISTS.items()
        }
        return acts | lists | {name: partial(self.reader.get, path) for name, path in MAPS.items()}

    def check(self) -> int:
        """How many things `stet check` finds."""
        with self.app.app_context():
            return sum(1 for _ in findings(self.instance))

    def _in_context(self, act: Callable[[Article], object]) -> None:
        with self.app.app_context(), transaction():
            number = next(self._ids)
            act(db.session.scalars(select(Article).where(Article.id == number)).one())

    def _save(self, article: Article) -> None:
        content = replace(article.draft.content, standfirst=f"Written at {time.time_ns()}.")
        actions.save(article, content, based_on=article.draft.version, by=Operator())

    def _start(self, article: Article) -> None:
        content = replace(article.draft.content, headline="River rises by a hand", slug="")
        actions.start(content, by=Operator())

    def _publish(self, article: Article) -> None:
        self._save(article)
        publish_draft(article, version=article.draft.version, by=Operator())
