"""The choice of authors on the search page has only authors that readers know already."""

from app.core.db import transaction
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom


def test_only_who_signs_a_live_story_can_be_chosen(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    newsroom.story(slug="draft", author_ids=(newsroom.second_author,))
    page = newsroom.visitor().get("/search").text
    assert "Brian Wellbrock" in page
    assert "Lena Vogt" not in page
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert "Brian Wellbrock" not in newsroom.visitor().get("/search?author=brian-wellbrock").text
