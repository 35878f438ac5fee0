"""The newsroom's list reads an index up to its page and no further, with any filter."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.articles.models import State
from app.core.db import db
from app.newsroom.queries import StoryFilters, list_page, state_counts
from tests.reader.counting import statements
from tests.support.cast import Newsroom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def plans(newsroom: Newsroom, ask: Callable[[], object]) -> list[str]:
    """SQLite's query plan for the statements of `ask` on the table of stories."""
    with statements(newsroom.app) as seen:
        ask()
    found = []
    for statement, parameters in seen:
        steps = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
        found += [step.detail for step in steps]
    return [step for step in found if "article" in step or "TEMP" in step]


@pytest.mark.parametrize(
    ("state", "index"),
    [
        (None, "ix_article_touched"),
        (State.DRAFT, "ix_article_desk_draft"),
        (State.IN_REVIEW, "ix_article_desk_waiting"),
        (State.LIVE, "ix_article_desk_live"),
        (State.WITHDRAWN, "ix_article_desk_withdrawn"),
    ],
)
def test_a_page_is_read_off_its_index(newsroom: Newsroom, state: State | None, index: str) -> None:
    dana = newsroom.person("dana")
    steps = plans(newsroom, lambda: list_page(dana, StoryFilters(state=state)))
    assert any(index in step for step in steps), steps
    assert not any("TEMP" in step for step in steps), steps


def test_counting_reads_no_more_than_it_counts(newsroom: Newsroom) -> None:
    """An index on a column that is mostly null would lead to every story that is not live or not waiting."""
    dana = newsroom.person("dana")
    steps = plans(newsroom, lambda: state_counts(dana))
    assert sum("article" in step for step in steps) == 1 + len(State)
    assert not any("_id=?" in step for step in steps), steps
    for state in ("draft", "withdrawn"):
        indexes = (f"ix_article_desk_{state}", f"ix_article_section_{state}")
        assert any(step.endswith(indexes) for step in steps), steps


def test_two_stories_cannot_be_live_with_one_version(newsroom: Newsroom) -> None:
    first = newsroom.live_story()
    second = newsroom.live_story(slug="second")
    wrong = text("UPDATE publication SET revision_id = :revision WHERE article_id = :article")
    seen = newsroom.publication(first).revision_id
    with pytest.raises(Exception, match="UNIQUE"):
        db.session.execute(wrong, {"revision": seen, "article": second.id})
