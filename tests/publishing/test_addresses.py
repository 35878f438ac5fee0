"""A story's addresses: every former one leads to the story, and no two stories share one."""

from dataclasses import replace
from typing import Any

import pytest

from app.articles import actions
from app.articles.models import Article
from app.core.db import transaction
from app.core.errors import Conflict
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom


def go_live_with(newsroom: Newsroom, story: Article, **fields: Any) -> None:
    with transaction():
        by = newsroom.person("amina")
        content = replace(story.draft.content, **fields)
        actions.save(story, content, based_on=story.draft.version, by=by)
        publish_draft(story, version=story.draft.version, by=by)


def leads_to(newsroom: Newsroom, path: str) -> tuple[int, str | None]:
    answer = newsroom.visitor().get(path)
    return answer.status_code, answer.location


def test_a_renamed_story_is_found_at_all_its_addresses(newsroom: Newsroom) -> None:
    story = newsroom.live_story(slug="one")
    go_live_with(newsroom, story, slug="two")
    go_live_with(newsroom, story, category_id=newsroom.culture)
    assert leads_to(newsroom, "/culture/two") == (200, None)
    assert leads_to(newsroom, "/politics/one") == (301, "/culture/two")
    assert leads_to(newsroom, "/politics/two") == (301, "/culture/two")
    go_live_with(newsroom, story, slug="one", category_id=newsroom.politics)
    assert leads_to(newsroom, "/politics/one") == (200, None)
    assert leads_to(newsroom, "/politics/two") == (301, "/politics/one")
    assert leads_to(newsroom, "/culture/two") == (301, "/politics/one")


def test_an_address_that_another_story_had_keeps_leading_there(newsroom: Newsroom) -> None:
    one = newsroom.live_story(slug="one", headline="First")
    two = newsroom.live_story(slug="two", headline="Second")
    go_live_with(newsroom, one, slug="meanwhile")
    with pytest.raises(Conflict, match="/politics/one was the address of another story"):
        go_live_with(newsroom, two, slug="one")
    assert leads_to(newsroom, "/politics/one") == (301, "/politics/meanwhile")
    assert "Second" in newsroom.visitor().get("/politics/two").text


def test_an_address_that_a_live_story_holds_is_refused(newsroom: Newsroom) -> None:
    """The draft may have another address while readers still find the story at the old one."""
    one = newsroom.live_story(slug="one")
    with transaction():
        moved_on = replace(one.draft.content, slug="elsewhere")
        actions.save(one, moved_on, based_on=1, by=newsroom.person("amina"))
    two = newsroom.story(slug="one")
    with pytest.raises(Conflict, match="Another live story stands at /politics/one"), transaction():
        publish_draft(two, version=1, by=newsroom.person("amina"))
    amina = newsroom.visitor("amina")
    answer = amina.post(f"/newsroom/articles/{two.id}/publication", {"version": "1"})
    assert answer.status_code == 409


def test_old_addresses_of_a_withdrawn_story_say_so(newsroom: Newsroom) -> None:
    story = newsroom.live_story(slug="one")
    go_live_with(newsroom, story, slug="two")
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert leads_to(newsroom, "/politics/one")[0] == 410
    assert leads_to(newsroom, "/politics/two")[0] == 410
    go_live_with(newsroom, story, slug="three")
    assert leads_to(newsroom, "/politics/one") == (301, "/politics/three")
    assert leads_to(newsroom, "/politics/two") == (301, "/politics/three")


def test_the_page_says_before_the_button_that_an_address_is_taken(newsroom: Newsroom) -> None:
    one = newsroom.live_story(slug="one")
    go_live_with(newsroom, one, slug="two")
    thief = newsroom.story(slug="one")
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{thief.id}/publication").text
    assert "/politics/one was the address of another story." in page
    assert "Publish now" not in page
    own = newsroom.visitor("amina").get(f"/newsroom/articles/{one.id}/publication").text
    assert "of another story" not in own
