"""Saving, starting and publishing a story read a few rows, however many stories there are."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import Article, Draft
from app.articles.queries.slugs import free_slug
from app.core.db import db, transaction
from app.core.free_name import free_name
from app.publishing.actions import publish_draft, withdraw
from app.transfer.demo import load_demo
from tests.support.cast import Newsroom
from tests.support.plans import costs, gather_statistics

STORIES = 1500
# Rows on PostgreSQL, instructions on SQLite: an index leads to a handful of rows, at a few dozen each.
MOST = {"postgresql": 500, "sqlite": 20_000}


@pytest.fixture
def large(newsroom: Newsroom) -> Newsroom:
    load_demo(STORIES)
    gather_statistics()
    return newsroom


def test_no_act_reads_more_with_more_stories(large: Newsroom) -> None:
    live = db.session.scalars(select(Article.id).order_by(Article.id).offset(700).limit(1)).one()

    def save() -> None:
        with transaction():
            article = db.session.get_one(Article, live)
            content = replace(article.draft.content, standfirst="More.")
            actions.save(article, content, based_on=article.draft.version, by=large.person("dana"))

    def start() -> None:
        with transaction():
            content = large.content(slug="", headline="River rises")
            actions.start(content, by=large.person("dana"))

    def publish() -> None:
        with transaction():
            article = db.session.get_one(Article, live)
            publish_draft(article, version=article.draft.version, by=large.person("dana"))

    def take_back() -> None:
        with transaction():
            withdraw(db.session.get_one(Article, live), by=large.person("dana"))

    most = MOST[db.engine.dialect.name]
    for act in (save, start, start, publish, take_back):
        for cost, statement in costs(large.app, act):
            assert cost <= most, (act.__name__, cost, statement)


def test_a_taken_address_gets_the_next_number(newsroom: Newsroom) -> None:
    for slug in ("bridge", "bridge-2", "bridge-4", "bridge-lost"):
        newsroom.story(slug=slug)
    assert free_slug("bridge", article_id=None, by=Operator()) == "bridge-3"
    mine = db.session.scalars(select(Draft.article_id).where(Draft.slug == "bridge-2")).one()
    assert free_slug("bridge", article_id=mine, by=Operator()) == "bridge-2"
    assert free_slug("river", article_id=None, by=Operator()) == "river"
    assert free_slug("", article_id=None, by=Operator()) == ""


@pytest.mark.parametrize("count", [0, 1, 8, 9, 15, 16, 100, 5000])
def test_a_free_name_is_found_with_few_questions(count: int) -> None:
    held: set[str] = (
        {"news", *(f"news-{number}" for number in range(2, count + 1))} if count else set()
    )
    asked: list[int] = []

    def taken(names: Iterable[str]) -> set[str]:
        wanted = set(names)
        asked.append(len(wanted))
        return wanted & held

    expected = f"news-{max(count + 1, 2)}" if count else "news"
    assert free_name("news", "news", taken) == expected
    assert sum(asked) < 60
