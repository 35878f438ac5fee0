"""Sitemaps read a row or two for each address that they tell, however many stories there are."""

from functools import partial

import pytest

from app.core.db import db
from app.transfer.demo import load_demo
from tests.support.cast import Newsroom
from tests.support.plans import costs, gather_statistics

STORIES = 1500
MAPS = (
    "/sitemap.xml",
    "/sitemaps/lists.xml",
    "/sitemaps/authors/1.xml",
    "/sitemaps/topics/1.xml",
    "/sitemaps/news.xml",
)
# Rows on PostgreSQL, instructions on SQLite, for some sixty authors and topics.
MOST = {"postgresql": 500, "sqlite": 10_000}


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    return settings | {"STET_PAGE_CACHE_MB": "0"}


def test_no_sitemap_reads_all_stories(newsroom: Newsroom) -> None:
    load_demo(STORIES)
    for number in range(3):
        newsroom.live_story(slug=f"new-{number}", topic_ids=(newsroom.topic,))
    gather_statistics()
    most, reader = MOST[db.engine.dialect.name], newsroom.visitor()
    for path in MAPS:
        for cost, statement in costs(newsroom.app, partial(reader.get, path)):
            assert cost <= most, (path, cost, statement)
