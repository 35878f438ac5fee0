"""The list of stories: tabs, counts, the link to older stories, and the texts of a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.articles.models import State
from app.newsroom.pages.story_list import StoryList
from app.newsroom.queries import StoryFilters, StoryListPage, StoryRow

COUNTS: dict[str, object] = {"all": 4, **dict.fromkeys(State, 1)}
ROW = StoryRow(
    id=1,
    headline="River rises by a hand",
    is_live=True,
    is_waiting=False,
    was_published=True,
    has_changes=False,
    category="Politics",
    words=6,
    changed_at=datetime(2026, 3, 12, tzinfo=UTC),
    changed_by="Amina",
    kind="story",
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """These tests need no database."""
    return sqlite_url


def shown(filters: StoryFilters | None = None, next_before: int | None = None) -> StoryList:
    page = StoryListPage((ROW,), next_before)
    return StoryList(
        page, filters or StoryFilters(), COUNTS, may_narrow_to_own=True, may_review=True
    )


def test_each_state_has_a_tab_with_its_count(app: Flask) -> None:
    with app.test_request_context():
        tabs = list(shown(StoryFilters(state=State.LIVE)).tabs)
    assert [each.state for each in tabs] == [None, *State]
    assert [each.count for each in tabs] == ["4", "1", "1", "1", "1"]
    assert [each.state for each in tabs if each.is_current] == [State.LIVE]
    assert tabs[0].address == "/newsroom/articles"


def test_tabs_keep_what_else_the_list_is_narrowed_to_and_then_count_nothing(app: Flask) -> None:
    with app.test_request_context():
        tabs = list(shown(StoryFilters(headline="river", category_id=2)).tabs)
    assert {each.count for each in tabs} == {""}
    assert tabs[0].address == "/newsroom/articles?category=2&headline=river"
    assert tabs[1].address.endswith("&state=draft")


def test_older_stories_are_of_the_same_kind(app: Flask) -> None:
    with app.test_request_context():
        assert shown().older == ""
        older = shown(StoryFilters(state=State.LIVE), next_before=7).older
    assert older == "/newsroom/articles?before=7&state=live"


@pytest.mark.parametrize(
    "filters",
    [
        StoryFilters(state=State.DRAFT),
        StoryFilters(category_id=1),
        StoryFilters(mine=1),
        StoryFilters(headline="river"),
        StoryFilters(before=7),
    ],
)
def test_an_empty_list_is_told_from_an_empty_paper(filters: StoryFilters) -> None:
    assert shown(filters).is_narrowed
    assert not shown().is_narrowed


def test_where_a_story_of_the_list_stands() -> None:
    assert ROW.place == "Politics"
    assert replace(ROW, category=None).place == "No section"
    assert replace(ROW, category=None, kind="page").place == "Page"


def test_a_story_that_waits_says_so_when_readers_see_it() -> None:
    assert replace(ROW, is_waiting=True).is_live_while_waiting
    assert not replace(ROW, is_waiting=True, is_live=False).is_live_while_waiting
    assert not ROW.is_live_while_waiting


def test_a_story_that_waits_is_reviewed_by_those_who_answer(app: Flask) -> None:
    waiting, stories = replace(ROW, is_waiting=True), shown()
    with app.test_request_context():
        assert stories.way_in(waiting) == ("Review", "/newsroom/articles/1/publication")
        assert stories.way_in(ROW) == ("Open", "/newsroom/articles/1")
        asker = replace(stories, may_review=False)
        assert asker.way_in(waiting) == ("Open", "/newsroom/articles/1")
