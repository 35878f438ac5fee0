"""What the page "Review and publish" offers in each state, to each role."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.articles import actions
from app.articles.models import Article
from app.core.db import transaction
from app.newsroom.pages.publish_page import PublishPage
from app.publishing import review
from app.publishing.actions import withdraw
from app.publishing.queries import submission_to_act_on
from tests.support.cast import Newsroom

OFFERS = (
    "offers_publishing",
    "is_up_to_date",
    "offers_review",
    "offers_second_opinion",
    "offers_withdrawal",
    "may_send_back",
)
ADDRESS = "/politics/river-rises"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is offered does not depend on the database."""
    return sqlite_url


def page(newsroom: Newsroom, article: Article, key: str, **problems: str) -> PublishPage:
    submission = submission_to_act_on(article)
    person = newsroom.person(key)
    return PublishPage(newsroom.opened(article), person, ADDRESS, problems, (), None, submission)


def offered(shown: PublishPage) -> set[str]:
    return {name for name in OFFERS if getattr(shown, name)}


def change(newsroom: Newsroom, article: Article, key: str) -> None:
    with transaction():
        content = replace(article.draft.content, standfirst="It rose by a foot.")
        actions.save(article, content, based_on=article.draft.version, by=newsroom.person(key))


def submit(newsroom: Newsroom, article: Article) -> None:
    with transaction():
        by = newsroom.person("brian")
        review.submit(article, version=article.draft.version, note="", by=by)


def test_a_draft(newsroom: Newsroom) -> None:
    article = newsroom.story("brian")
    assert offered(page(newsroom, article, "brian")) == {"offers_review"}
    editors = page(newsroom, article, "amina")
    assert offered(editors) == {"offers_publishing", "offers_second_opinion"}
    assert editors.heading == "Not published yet"
    assert not editors.moves


def test_a_draft_that_lacks_something(newsroom: Newsroom) -> None:
    article = newsroom.story("brian")
    shown = page(newsroom, article, "amina", headline="A headline is missing.")
    assert offered(shown) == {"offers_second_opinion"}
    assert [(check.sign, check.words) for check in shown.checks][:2] == [
        ("trouble", "A headline is missing."),
        ("tick", "Text"),
    ]


def test_a_draft_that_waits(newsroom: Newsroom) -> None:
    article = newsroom.story("brian")
    submit(newsroom, article)
    assert offered(page(newsroom, article, "brian")) == set()
    editors = page(newsroom, article, "amina")
    assert offered(editors) == {"offers_publishing", "may_send_back"}
    assert editors.waiting is not None


def test_a_draft_that_was_sent_back(newsroom: Newsroom) -> None:
    article = newsroom.story("brian")
    submit(newsroom, article)
    with transaction():
        review.send_back(article, note="By how much?", by=newsroom.person("amina"))
    shown = page(newsroom, article, "brian")
    assert offered(shown) == {"offers_review"}
    assert shown.waiting is None


def test_a_live_story(newsroom: Newsroom) -> None:
    article = newsroom.live_story("brian")
    editors = page(newsroom, article, "amina")
    assert offered(editors) == {"is_up_to_date", "offers_withdrawal"}
    assert editors.heading == "Nothing waits to be published"
    assert offered(page(newsroom, article, "brian")) == set()


def test_a_live_story_with_changes(newsroom: Newsroom) -> None:
    article = newsroom.live_story("brian")
    change(newsroom, article, "amina")
    editors = page(newsroom, article, "amina")
    assert offered(editors) == {
        *("offers_publishing", "offers_second_opinion", "offers_withdrawal"),
    }
    assert editors.heading == "What changes for readers"
    assert not editors.moves
    assert replace(editors, address="/culture/river-rises").moves


def test_a_withdrawn_story(newsroom: Newsroom) -> None:
    article = newsroom.live_story("brian")
    with transaction():
        withdraw(article, note="", by=newsroom.person("amina"))
    editors = page(newsroom, article, "amina")
    assert offered(editors) == {"offers_publishing", "offers_second_opinion"}
    assert editors.heading == "Published before, not live now"


def test_what_is_checked(newsroom: Newsroom) -> None:
    shown = page(newsroom, newsroom.story(), "amina")
    assert [(check.sign, check.words) for check in replace(shown, warnings=("Old.",)).checks] == [
        ("tick", "Headline"),
        ("tick", "Text"),
        ("tick", "Section"),
        ("tick", "One author or more"),
        ("tick", "Address"),
        ("ring", "No lead picture; the story can go without"),
        ("trouble", "Old."),
    ]
