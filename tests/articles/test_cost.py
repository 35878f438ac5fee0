"""No newsroom page asks the database more than six things, however many stories there are.

The exception is the review page, which checks everything that could prevent publishing or withdrawing.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.articles import actions
from app.articles.models import Article
from app.body import markdown
from app.core import clock
from app.core.db import transaction
from app.media.models import Picture
from app.publishing.actions import publish_draft
from app.publishing.review import submit
from tests.reader.counting import statements
from tests.support.cast import Newsroom

MOST, MOST_IN_REVIEW = 6, 11
REVIEW = "/newsroom/articles/{id}/publication"
PAGES = (
    "/newsroom/articles",
    "/newsroom/articles?state=live&category=1&headline=river&mine=yes&before=9999",
    f"/newsroom/articles/new?form={'k' * 32}",
    "/newsroom/articles/{id}",
    "/newsroom/articles/{id}/preview",
    "/newsroom/articles/{id}/revisions",
    "/newsroom/articles/{id}/comparison",
    "/newsroom/articles/{id}/comparison?before=1&after=3",
    REVIEW,
    "/newsroom/sign-in",
    "/newsroom/sign-in/unknown",
)


def picture(number: int) -> int:
    with transaction() as session:
        stored = Picture(
            key=f"{number:032x}.svg",
            media_type="image/svg+xml",
            width=16,
            height=9,
            size=1,
            created_at=clock.now(),
        )
        session.add(stored)
    return stored.id


def fenced(block: Mapping[str, object]) -> str:
    """A block that Markdown cannot express."""
    return f"````stet\n{json.dumps(block)}\n````"


@pytest.fixture
def story(newsroom: Newsroom) -> Article:
    """A live story with everything: pictures, two authors and topics, changes, an open review."""
    lead, inside = picture(1), picture(2)
    story = newsroom.live_story(
        author_ids=(newsroom.author, newsroom.second_author),
        topic_ids=(newsroom.topic, newsroom.second_topic),
        lead_picture_id=lead,
        lead_alt="A bridge",
        lead_credit="Stet",
    )
    figure = {"type": "figure", "attrs": {"picture": inside, "alt": "x", "credit": "y"}}
    text = f"{fenced(figure)}\n\n::: related /politics/other Another story"
    with transaction():
        dana = newsroom.person("dana")
        content = replace(story.draft.content, body=markdown.read(text), topic_ids=())
        actions.save(story, content, based_on=1, by=dana)
        submit(story, version=2, by=dana)
    return story


def test_no_page_asks_more_than_six_things(newsroom: Newsroom, story: Article) -> None:
    amina, story_id = newsroom.visitor("amina"), story.id
    costs: dict[str, int] = {}
    for path in PAGES:
        address = path.format(id=story_id)
        with statements(newsroom.app) as seen:
            assert amina.get(address).status_code in (200, 302, 404)
        costs[path] = len(seen)
        most = MOST_IN_REVIEW if path == REVIEW else MOST
        assert len(seen) <= most, (path, [statement for statement, _ in seen])
    for number in range(60):
        more = newsroom.story("brian", slug=f"more-{number}", headline=f"River {number}")
        with transaction():
            publish_draft(more, version=1, by=newsroom.person("amina"))
    for path, cost in costs.items():
        with statements(newsroom.app) as seen:
            amina.get(path.format(id=story_id))
        assert len(seen) == cost, path
