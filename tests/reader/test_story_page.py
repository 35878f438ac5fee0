"""What a story's page shows besides the story, tested with plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core import clock
from app.live.shapes import Card, Correction, Lead, Link, Named, Story
from app.media.renditions import RECIPE
from app.reader.story_page import StoryPage

NOON = datetime(2024, 3, 12, 12, tzinfo=UTC)
STORY = Story(
    article_id=1,
    path="/politics/river-rises",
    headline="River rises by a hand",
    short_headline="",
    standfirst="",
    html="<p>The river rose.</p>",
    language="en",
    published_at=NOON,
    updated_at=None,
    is_live=True,
    category=Named("Politics", "politics"),
    category_id=1,
    picture=None,
    caption="",
    credit="",
    words=500,
)
PAGE = replace(STORY, path="/about", category=None, category_id=None)
DRAFT = replace(STORY, path="", published_at=None, is_live=False)
NEXT = Card(2, "/politics/next", "Next", "", "en", NOON, None, Named("Politics", "politics"), None)


def page(story: Story = STORY, following: Card | None = None) -> StoryPage:
    return StoryPage(story, "https://paper.example", ZoneInfo("UTC"), None, following)


def test_a_live_story_has_an_address_and_is_passed_on() -> None:
    assert page().address == "https://paper.example/politics/river-rises"
    assert page().is_shared
    assert page().has_end


def test_a_page_outside_the_sections_has_an_address_and_is_not_passed_on() -> None:
    assert page(PAGE).address == "https://paper.example/about"
    assert page(PAGE).section == ""
    assert not page(PAGE).is_shared
    assert not page(PAGE).has_end


def test_nobody_else_can_open_a_preview() -> None:
    assert page(DRAFT).address == ""
    assert not page(DRAFT).is_shared
    assert not page(DRAFT).has_end


def test_only_stories_grow_old_and_take_time() -> None:
    with clock.moved_to(NOON.replace(year=2026)):
        assert [page(each).years_old for each in (STORY, PAGE, DRAFT)] == [2, 0, 0]
    assert [page(each).minutes_to_read for each in (STORY, PAGE)] == [2, 0]


def test_changes_are_shown_once_something_has_changed() -> None:
    changed = replace(STORY, changed_at=NOON)
    assert page().changes_path == ""
    assert page(changed).changes_path == "/politics/river-rises/changes"
    assert page(replace(changed, published_at=None)).changes_path == ""


@pytest.mark.parametrize(("url", "shown"), [("/media/a.jpg", True), ("/media/a.svg", False)])
def test_cards_elsewhere_show_photographs_and_no_drawings(url: str, shown: bool) -> None:
    picture = Lead(url, 3000, 2000, "A river", recipe=RECIPE if shown else 0)
    assert (page(replace(STORY, picture=picture)).photograph == picture) is shown
    assert page().photograph is None


def test_at_most_four_related_stories_and_not_the_next_one() -> None:
    links = tuple(Link(f"Story {each}", f"/politics/{each}", "en") for each in ("next", *"abcde"))
    story = replace(STORY, related=links)
    assert [each.path[-1] for each in page(story, NEXT).related] == ["a", "b", "c", "d"]
    assert page(story).related[0].path == "/politics/next"
    assert list(page(replace(PAGE, related=links)).related) == []


def test_what_a_page_says_at_its_end_gives_it_one() -> None:
    assert page(replace(PAGE, topics=(Named("Rivers", "rivers"),))).has_end
    corrected = (Correction("correction", "It was a foot.", NOON, 2),)
    assert not page(replace(PAGE, notices=corrected)).has_end, "they stand in its text"
