"""A content with a different value in each field, for tests of all fields."""

from __future__ import annotations

from typing import Any

from app.articles.content import FIELDS, Content
from app.body import markdown
from app.core import clock
from app.core.db import transaction
from app.media.models import Picture
from tests.support.cast import Newsroom


def whole_content(newsroom: Newsroom) -> Content:
    """Content with a value of its own in each field; a field that is added fails here until it has one."""
    other: dict[str, Any] = {
        "headline": "Another headline",
        "short_headline": "Another short headline",
        "standfirst": "Another standfirst",
        "body": markdown.read("Another text."),
        "category_id": newsroom.culture,
        "author_ids": (newsroom.second_author, newsroom.author),
        "topic_ids": (newsroom.topic,),
        "slug": "another-address",
        "lead_picture_id": picture(),
        "lead_caption": "Another caption",
        "lead_credit": "Another credit",
        "lead_alt": "Another description",
        "language": "ps",
        "search_title": "Another title",
        "original_id": newsroom.live_story(slug="original").id,
    }
    assert set(other) == set(FIELDS)
    return Content(**other)


def picture() -> int:
    """The id of a picture that the library describes."""
    with transaction() as session:
        stored = Picture(
            key="0" * 32 + ".svg",
            media_type="image/svg+xml",
            width=16,
            height=9,
            size=1,
            caption="A bridge",
            created_at=clock.now(),
        )
        session.add(stored)
    return stored.id
