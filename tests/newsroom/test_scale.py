"""The newsroom's list reads a page of an index, however it is narrowed and however many stories there are."""

from functools import partial

import pytest
from sqlalchemy import text

from app.articles import checking
from app.articles.models import Article, State
from app.core.db import db
from app.newsroom.queries import StoryFilters, list_page
from app.transfer.demo import load_demo
from tests.support.cast import Newsroom
from tests.support.plans import costs, gather_statistics

STORIES = 1500
# Rows on PostgreSQL, instructions on SQLite. A search by headline looks through the 500 newest changes.
MOST = {"postgresql": (900, 2600), "sqlite": (20_000, 60_000)}


@pytest.fixture
def large(newsroom: Newsroom) -> Newsroom:
    """Most of the stories are older than what the cast writes; three of them have a rare word."""
    newsroom.story("brian", slug="rare", headline="Zweckverbandsversammlung tagt")
    newsroom.live_story("brian", slug="rare-2", headline="Die Zweckverbandsversammlung")
    load_demo(STORIES)
    newsroom.live_story("amina", slug="rare-3", short_headline="Eine Zweckverbandsversammlung")
    gather_statistics()
    return newsroom


def test_no_list_reads_all_stories(large: Newsroom) -> None:
    dana, most = large.person("dana"), MOST[db.engine.dialect.name]
    for state in (None, *State):
        for section in (None, large.politics, large.culture):
            for mine in (None, large.person("brian").id):
                for headline in ("", "zweckverbandsversammlung", "bridge"):
                    filters = StoryFilters(state, section, mine, headline)
                    for cost, statement in costs(large.app, partial(list_page, dana, filters)):
                        assert cost <= most[bool(headline)], (filters, cost, statement)


def found(newsroom: Newsroom, headline: str, mine: int | None = None) -> list[int]:
    page = list_page(newsroom.person("dana"), StoryFilters(headline=headline, mine=mine))
    return [row.id for row in page.rows]


def test_a_rare_word_is_found_wherever_it_stands(large: Newsroom) -> None:
    newest, second, first = found(large, "Zweckverbandsversammlung")
    assert newest > STORIES > second > first
    assert found(large, "bandsVERSAMM") == [newest, second, first]
    assert found(large, "versammlung die") == [second]
    assert found(large, "versammlung", mine=large.person("amina").id) == [newest]
    assert found(large, "versammlungen") == []
    assert found(large, "% _") == []
    large.revise(large_story(second), headline="Etwas anderes", slug="rare-2")
    assert found(large, "Zweckverbandsversammlung") == [newest, first]
    assert found(large, "anderes") == [second]


def large_story(number: int) -> Article:
    return db.session.get_one(Article, number)


@pytest.mark.parametrize(
    ("headline", "asked"),
    [
        ("Élections à Łódź", "elections"),
        ("Киев и Москва", "МОСКВА"),
        ("Straße gesperrt", "STRASSE"),
        ("北京会谈", "京会"),
        ("می‌خواهند صلح", "خواهند"),
        ("“Quoted” (twice)", '"quoted'[1:]),
        ("A " + "x" * 200, "x" * 200),
        ("100% of it", "100%"),
        ("AT&T and O’Brien", "at&t"),
    ],
)
def test_any_script_is_found_in_any_case(newsroom: Newsroom, headline: str, asked: str) -> None:
    wanted = newsroom.story(headline=headline).id
    newsroom.story(slug="other", headline="Something else")
    assert found(newsroom, asked) == [wanted]


def test_an_entry_that_is_wrong_is_found_and_mended(newsroom: Newsroom) -> None:
    story = newsroom.story(headline="Bridge opens")
    runner = newsroom.app.test_cli_runner()
    assert list(checking.findings()) == []
    for damage in (
        "UPDATE headline_entry SET folded = 'x'",
        "DELETE FROM headline_entry",
        f"UPDATE article SET category_id = {newsroom.culture}",
    ):
        db.session.execute(text(damage))
        db.session.commit()
        (finding,) = checking.findings()
        assert f"story {story.id} " in finding
        assert runner.invoke(args=["headlines", "rebuild"]).exit_code == 0
        db.session.rollback()
        assert list(checking.findings()) == []
        assert found(newsroom, "ridge") == [story.id]
