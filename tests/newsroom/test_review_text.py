"""The page "Review and publish" shows what is judged: the story itself, where no redline does."""

from __future__ import annotations

import pytest

from app.articles.models import Article
from app.body import markdown
from app.core.db import transaction
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom

TEXT = "The river rose by a hand.\n\n## At noon\n\nIt fell again."


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The page is the same on any database."""
    return sqlite_url


def page(newsroom: Newsroom, article: Article) -> str:
    return newsroom.visitor("amina").get(f"/newsroom/articles/{article.id}/publication").text


def test_a_story_that_nobody_has_seen_is_there_to_be_read(newsroom: Newsroom) -> None:
    article = newsroom.story(body=markdown.read(TEXT), standfirst="By noon it was over.")
    shown = page(newsroom, article)
    for words in ("<p>The river rose by a hand.</p>", "<h2>At noon</h2>", "By noon it was over."):
        assert words in shown
    assert "Politics · <bdi>Brian Wellbrock</bdi>" in shown


def test_a_live_story_without_changes_is_there_too(newsroom: Newsroom) -> None:
    assert "<p>The river rose by a hand.</p>" in page(newsroom, newsroom.live_story())


def test_below_a_redline_a_link_leads_to_the_whole_text(newsroom: Newsroom) -> None:
    article = newsroom.live_story()
    newsroom.revise(article, text="The river rose by a foot.")
    shown = page(newsroom, article)
    assert "<ins" in shown
    assert 'class="story-text"' not in shown
    assert f'<a href="/newsroom/articles/{article.id}/preview">Look at the whole' in shown


def test_a_withdrawn_story_without_changes_is_there_to_be_read(newsroom: Newsroom) -> None:
    article = newsroom.live_story()
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    assert "<p>The river rose by a hand.</p>" in page(newsroom, article)


def test_what_a_story_says_is_no_markup_of_the_page(newsroom: Newsroom) -> None:
    hostile = "<script>alert(1)</script>"
    article = newsroom.story(headline=hostile, standfirst=hostile, body=markdown.read(hostile))
    assert "<script>alert" not in page(newsroom, article)
