"""The head of every page of one story."""

from __future__ import annotations

import pytest

from app.core.db import transaction
from app.newsroom.errors import heading
from app.newsroom.pages.story_head import StoryHead
from app.newsroom.pages.wording import who_saved
from app.publishing import review
from app.publishing.queries import submission_to_act_on
from tests.support.cast import Newsroom


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The head is the same on any database."""
    return sqlite_url


@pytest.mark.parametrize(
    ("endpoint", "current"),
    [("edit", "Write"), ("save", "Write"), ("revisions", "Versions"), ("preview", None)],
)
def test_the_tab_of_the_page_is_marked(
    newsroom: Newsroom, endpoint: str, current: str | None
) -> None:
    head = StoryHead(newsroom.opened(newsroom.story()), None, f"newsroom.articles.{endpoint}")
    with newsroom.app.test_request_context():
        assert [tab.words for tab in head.tabs if tab.is_current] == [current] * bool(current)


def test_only_what_readers_see_has_a_live_page(newsroom: Newsroom) -> None:
    draft = newsroom.story(slug="draft", headline="")
    live = newsroom.live_story()
    with newsroom.app.test_request_context():
        ends = [list(StoryHead(newsroom.opened(each), None, "").tabs)[-1] for each in (draft, live)]
    assert [tab.words for tab in ends] == ["Preview", "Live page"]
    assert ends[1].address == "/politics/river-rises"
    assert StoryHead(newsroom.opened(draft), None, "").title == "Without a headline"


def test_what_an_editor_answered_is_shown(newsroom: Newsroom) -> None:
    article = newsroom.story("brian")
    with transaction():
        by = newsroom.person("brian")
        review.submit(article, version=article.draft.version, note="", by=by)
    assert StoryHead(newsroom.opened(article), submission_to_act_on(article), "").sent_back is None
    with transaction():
        review.send_back(article, note="By how much?", by=newsroom.person("amina"))
    head = StoryHead(newsroom.opened(article), submission_to_act_on(article), "")
    assert head.sent_back is not None
    assert head.sent_back.answer == "By how much?"


def test_who_was_first(newsroom: Newsroom) -> None:
    amina, brian = newsroom.person("amina"), newsroom.person("brian")
    assert who_saved(None, amina) == "an import"
    assert who_saved(amina, amina) == "you, in another window,"
    assert who_saved(brian, amina) == "Brian Wellbrock"


def test_every_refusal_has_a_heading() -> None:
    assert heading(404) == "There is nothing here."
    assert heading(400) == "That did not work."
