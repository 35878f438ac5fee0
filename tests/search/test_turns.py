"""Acts that change what readers see, at one moment on PostgreSQL: one after the other, and none fails.

Whoever locked a story or its entry and only then waited for the edition would be waited for by the other.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.accounts.actors import Operator
from app.articles import actions as stories
from app.articles.models import Article
from app.core.db import db, transaction
from app.core.edition import SiteEdition
from app.publishing.actions import publish_draft, withdraw
from app.search.actions import rebuild
from app.search.queries import find
from app.search.ranking import SearchFilters
from app.taxonomy.actions import revise_author, revise_category
from app.taxonomy.models import Author, Category
from tests.search.conftest import Findings
from tests.support.cast import Newsroom

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),
]
PATIENCE = 10  # seconds
IN_ORDER = [
    ("rebuild", "withdraw"),
    ("rebuild", "publish"),
    ("rename", "withdraw"),
    ("rename", "publish"),
    ("rename section", "publish"),
    ("publish", "withdraw"),
    ("publish", "rename"),
    ("publish", "rename section"),
]
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)

Act = Callable[[], object]


@contextmanager
def somebody_else_has_the_turn() -> Iterator[None]:
    with db.engine.connect() as connection:
        connection.execute(select(SiteEdition.id).with_for_update())
        yield
        connection.rollback()


def in_this_order(app: Flask, *acts: Act) -> None:
    """Each act goes as far as it can while somebody else has the turn; then they go on, the first one first.

    Raises what one of them raised.
    """

    def run(act: Act) -> None:
        with app.app_context(), transaction():
            act()

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as together:
        done: list[Future[None]] = []
        with somebody_else_has_the_turn():
            for act in acts:
                done.append(together.submit(run, act))
                wait_for_waiting(len(done))
        for each in done:
            each.result(PATIENCE)


def wait_for_waiting(count: int) -> None:
    """Until that many transactions wait for a lock."""
    pause = Event()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(PATIENCE * 100):
            if connection.scalar(_WAITING) == count:
                return
            pause.wait(0.01)
    raise AssertionError(f"{count} transactions ought to wait")


@pytest.fixture
def acts(newsroom: Newsroom) -> dict[str, Act]:
    """What may happen to two stories that are live, and related to each other."""
    first = newsroom.live_story(topic_ids=(newsroom.topic,)).id
    second = newsroom.live_story(slug="second", topic_ids=(newsroom.topic,)).id
    with transaction():
        article = db.session.get_one(Article, second)
        content = newsroom.content("The zephyr rose.", slug="second", topic_ids=(newsroom.topic,))
        stories.save(article, content, based_on=1, by=newsroom.person("amina"))

    def withdraw_first() -> None:
        withdraw(db.session.get_one(Article, first), by=newsroom.person("amina"))

    def publish_second() -> None:
        publish_draft(db.session.get_one(Article, second), version=2, by=newsroom.person("amina"))

    def rename_section() -> None:
        revise_category(
            db.session.get_one(Category, newsroom.politics), "Power", "", 0, by=Operator()
        )

    def rename() -> None:
        author = db.session.get_one(Author, newsroom.author)
        revise_author(author, "Zebulon Newname", "", by=Operator())

    return {
        "withdraw": withdraw_first,
        "publish": publish_second,
        "rename": rename,
        "rename section": rename_section,
        "rebuild": lambda: rebuild(db.session.connection()),
    }


@pytest.mark.parametrize("names", IN_ORDER, ids="-".join)
def test_two_acts_wait_for_each_other_in_one_order(
    app: Flask, acts: dict[str, Act], found: Findings, names: tuple[str, str]
) -> None:
    in_this_order(app, *(acts[name] for name in names))
    assert found() == []


def test_all_of_them_at_once(app: Flask, acts: dict[str, Act], found: Findings) -> None:
    in_this_order(app, *(acts[name] for name in acts))
    assert [find(each, SearchFilters()).total for each in ("zebulon", "zephyr", "hand")] == [
        1,
        1,
        1,
    ]
    assert found() == []
