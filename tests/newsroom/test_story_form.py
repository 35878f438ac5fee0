"""Every field of a content can be written in the form and reaches readers as the preview showed it."""

from dataclasses import fields, replace

from app.articles import actions
from app.articles.content import FIELDS
from app.articles.models import Article
from app.core.db import db, transaction
from app.live.printing import COPIED
from app.live.queries.preview import draft_story
from app.live.queries.stories import story_at
from app.live.shapes import Story
from app.publishing.actions import publish_draft
from tests.support.cast import Newsroom, fields_of
from tests.support.whole_content import whole_content

# What only publishing gives.
NOT_IN_A_PREVIEW = {"is_live", "is_translation", "changed_at", "notices", "translations", "related"}


def whole_story(newsroom: Newsroom) -> Article:
    """A draft with something in every field."""
    content = whole_content(newsroom)
    with transaction():
        return actions.start(content, by=newsroom.person("amina"))


def test_a_form_that_is_sent_as_it_was_opened_keeps_every_field(newsroom: Newsroom) -> None:
    story = whole_story(newsroom)
    before = story.draft.content
    assert all(getattr(before, name) for name in FIELDS)
    amina = newsroom.visitor("amina")
    opened = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", opened | {"headline": "Changed"})
    assert answer.status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert story.draft.content == replace(before, headline="Changed")


def test_readers_get_every_field_that_the_preview_shows(newsroom: Newsroom) -> None:
    story = whole_story(newsroom)
    with transaction():
        publish_draft(story, version=1, by=newsroom.person("amina"))
    publication = newsroom.publication(story)
    assert all(getattr(publication, name) for name in COPIED)
    preview, live = draft_story(story, publication, "/media"), story_at(publication.path)
    shown = {each.name for each in fields(Story)} - NOT_IN_A_PREVIEW
    assert live is not None
    assert {name: getattr(live, name) for name in shown} == {
        name: getattr(preview, name) for name in shown
    }
