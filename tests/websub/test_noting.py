"""Which feeds are stored for the hub after each act, in the transaction of the act."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete

from app.articles import actions
from app.articles.models import Article, ArticleKind
from app.core.db import db, transaction
from app.core.errors import Conflict
from app.core.outbox import OutboxEntry
from app.live.models import ChangeKind
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from app.taxonomy.actions import revise_author, revise_category
from app.taxonomy.models import Author, Category
from tests.support.cast import Newsroom
from tests.support.databases import running_app
from tests.websub.conftest import feeds, noted

OF_STORY = feeds("/", "/politics", "/authors/brian-wellbrock")


def forget() -> None:
    with transaction():
        db.session.execute(delete(OutboxEntry))


def change(
    newsroom: Newsroom, story: Article, told: ChangeNote | None = None, **fields: Any
) -> None:
    """Publish a change of a live story, by Amina. Only the feeds that this stores are stored afterwards."""
    forget()
    by = newsroom.person("amina")
    with transaction():
        content = replace(story.draft.content, **fields)
        actions.save(story, content, based_on=story.draft.version, by=by)
        publish_draft(story, version=story.draft.version, change=told, by=by)


def test_a_publication_changes_all_lists_that_the_story_is_in(newsroom: Newsroom) -> None:
    newsroom.live_story(topic_ids=(newsroom.topic,))
    assert noted() == dict.fromkeys(OF_STORY | feeds("/topics/rivers"), 1)


def test_every_feed_that_is_noted_is_there(newsroom: Newsroom) -> None:
    story = newsroom.live_story(topic_ids=(newsroom.topic,))
    change(newsroom, story, ChangeNote(ChangeKind.CORRECTION, "A hand, not two."), slug="river")
    for feed in noted():
        answer = newsroom.visitor().get(feed.removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200, feed


def test_a_story_that_moves_changes_the_lists_that_it_leaves_as_well(newsroom: Newsroom) -> None:
    story = newsroom.live_story(topic_ids=(newsroom.topic,))
    change(
        newsroom,
        story,
        category_id=newsroom.culture,
        author_ids=(newsroom.second_author,),
        topic_ids=(newsroom.second_topic,),
    )
    left = feeds("/politics", "/authors/brian-wellbrock", "/topics/rivers")
    assert set(noted()) == left | feeds("/", "/culture", "/authors/lena-vogt", "/topics/bridges")


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_notice_changes_the_corrections(newsroom: Newsroom, kind: ChangeKind) -> None:
    story = newsroom.live_story()
    change(newsroom, story, ChangeNote(kind, "A hand, not two."), headline="River falls")
    assert set(noted()) == OF_STORY | (feeds("/corrections") if kind.is_notice else set())


def test_a_story_that_was_corrected_changes_them_whenever_it_changes(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    change(newsroom, story, ChangeNote(ChangeKind.CORRECTION, "Wrong."), headline="River falls")
    change(newsroom, story, headline="River falls by a hand")
    assert set(noted()) == OF_STORY | feeds("/corrections")
    forget()
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert set(noted()) == OF_STORY | feeds("/corrections")


def test_a_withdrawal_changes_the_lists_that_the_story_was_in(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    forget()
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert set(noted()) == OF_STORY


def test_a_page_is_in_no_feed_but_its_corrections_are(newsroom: Newsroom) -> None:
    by = newsroom.person("amina")
    content = newsroom.content(category_id=None, author_ids=(), slug="about")
    with transaction():
        page = actions.start(content, kind=ArticleKind.PAGE, by=by)
    with transaction():
        publish_draft(page, version=1, by=by)
    assert noted() == {}
    change(
        newsroom, page, ChangeNote(ChangeKind.CORRECTION, "Founded in 1985."), headline="About us"
    )
    assert set(noted()) == feeds("/corrections")


def test_a_new_name_changes_the_section_that_is_called_so(newsroom: Newsroom) -> None:
    politics = db.session.get_one(Category, newsroom.politics)
    with transaction():
        revise_category(politics, "World politics", "", 0, by=newsroom.person("amina"))
    assert set(noted()) == feeds("/", "/politics")


def rename(newsroom: Newsroom, name: str, about: str = "") -> None:
    """Revise the first author. Only the feeds that this stores are stored afterwards."""
    forget()
    with transaction():
        brian = db.session.get_one(Author, newsroom.author)
        revise_author(brian, name, about, by=newsroom.person("amina"))


def test_an_authors_new_name_changes_all_lists_with_their_stories(newsroom: Newsroom) -> None:
    both = (newsroom.second_author, newsroom.author)
    newsroom.live_story(topic_ids=(newsroom.topic,))
    newsroom.live_story(slug="stage", category_id=newsroom.culture, author_ids=both)
    newsroom.live_story(
        slug="bridge", author_ids=(newsroom.second_author,), topic_ids=(newsroom.second_topic,)
    )
    rename(newsroom, "B. Wellbrock")
    assert noted() == dict.fromkeys(
        OF_STORY | feeds("/culture", "/topics/rivers", "/authors/lena-vogt"), 1
    )


def test_an_author_of_nothing_live_changes_no_list_but_their_own(newsroom: Newsroom) -> None:
    newsroom.story()
    newsroom.live_story(author_ids=(newsroom.second_author,), slug="other")
    rename(newsroom, "B. Wellbrock")
    assert set(noted()) == feeds("/authors/brian-wellbrock")


def test_what_an_author_says_of_themselves_stands_in_their_own_feed_alone(
    newsroom: Newsroom,
) -> None:
    newsroom.live_story()
    rename(newsroom, "Brian Wellbrock", "Writes of rivers.")
    assert set(noted()) == feeds("/authors/brian-wellbrock")


def test_what_is_not_done_is_not_noted(newsroom: Newsroom) -> None:
    story = newsroom.story()
    with suppress(Conflict), transaction():
        publish_draft(story, version=1, by=newsroom.person("amina"))
        raise Conflict("The transaction ends without a trace.")
    newsroom.story("brian", slug="draft")
    assert noted() == {}


def test_without_a_hub_nothing_is_noted(newsroom: Newsroom, settings: dict[str, str]) -> None:
    with running_app(settings | {"STET_WEBSUB_HUB": ""}) as app, app.app_context():
        other = replace(newsroom, app=app)
        other.live_story()
        assert "websub" not in app.extensions
        assert noted() == {}
