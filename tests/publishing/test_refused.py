"""A refused act on the page "Review and publish" comes back with what was typed and with what is true now."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.articles.models import Article
from app.core.db import db, transaction
from app.live.models import Change
from app.publishing import review
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom

NOTICE = "An earlier version gave a wrong height: a hand, not a foot."
NOTE = "Checked with the <harbour> master."


def post(newsroom: Newsroom, story: Article, part: str, **fields: str) -> TestResponse:
    path = f"/newsroom/articles/{story.id}/{part}"
    return newsroom.visitor("amina").post(path, fields)


def publish(newsroom: Newsroom, story: Article, at: int, **fields: str) -> TestResponse:
    sent = {"kind": "correction", "reason": NOTICE, "note": NOTE, "version": str(at)} | fields
    return post(newsroom, story, "publication", **sent)


def fields(page: str) -> dict[str, str]:
    """The typed and chosen values on the page, the form that publishes first, and its hidden version."""
    form = page[page.index('/publication" novalidate>') :]
    form = form[: form.index("</form>")]
    found = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.S)
    chosen = re.findall(r'name="kind" value="([^"]+)" checked', form)
    version = re.findall(r'name="version" value="(\d+)"', form)
    texts = {name: html.unescape(text) for name, text in found}
    return texts | {"kind": "".join(chosen), "version": version[0]}


@pytest.fixture
def story(newsroom: Newsroom) -> Article:
    """A live story with a change that waits."""
    article = newsroom.live_story()
    newsroom.revise(article, text="The river rose by a foot.")
    return article


def test_a_stale_publish_keeps_the_notice_and_shows_the_new_redline(
    newsroom: Newsroom, story: Article
) -> None:
    newsroom.revise(story, text="The river rose by a cubit.")
    answer = publish(newsroom, story, 2)
    assert answer.status_code == 409
    assert "Somebody has changed this story since you opened this page" in answer.text
    assert "cubit" in answer.text
    shown = fields(answer.text)
    assert shown == {"kind": "correction", "reason": NOTICE, "note": NOTE, "version": "3"}
    assert publish(newsroom, story, 3, **shown).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Change.reason)).all() == [NOTICE]


def test_sending_it_again_unseen_is_refused_again(newsroom: Newsroom, story: Article) -> None:
    """What a reload of the answer does."""
    newsroom.revise(story, text="The river rose by a cubit.")
    for _ in range(2):
        answer = publish(newsroom, story, 2)
        assert answer.status_code == 409
        assert fields(answer.text)["reason"] == NOTICE


def test_what_is_missing_is_said_with_what_has_changed_meanwhile(
    newsroom: Newsroom, story: Article
) -> None:
    newsroom.revise(story, text="The river rose by a cubit.")
    answer = publish(newsroom, story, 2, kind="")
    assert answer.status_code == 422
    assert "Choose what kind of change it is." in answer.text
    assert "The story has changed since you opened this page." in answer.text
    assert fields(answer.text)["reason"] == NOTICE
    assert "has changed since" not in publish(newsroom, story, 3, kind="").text


def test_the_notice_stays_in_sight_when_there_is_nothing_to_publish_any_more(
    newsroom: Newsroom, story: Article
) -> None:
    assert publish(newsroom, story, 2).status_code == 303
    answer = publish(newsroom, story, 2)
    assert answer.status_code == 409
    assert "Readers see this version already." in answer.text
    assert html.escape(NOTICE) in answer.text
    assert "What readers are told of it, as you typed it" in answer.text


def test_the_notice_stays_in_sight_when_none_is_asked_for_any_more(
    newsroom: Newsroom, story: Article
) -> None:
    """The story was withdrawn, and the draft is again as readers last saw it."""
    live = newsroom.opened(story).live
    assert live is not None
    with transaction():
        withdraw(story, by=newsroom.person("dana"))
    newsroom.revise(story, headline="", text="")
    answer = publish(newsroom, story, 2)
    assert answer.status_code in (409, 422)
    assert html.escape(NOTICE) in answer.text
    assert "harbour" in answer.text


@pytest.mark.parametrize(
    ("part", "status", "words"),
    [
        ("submission", 409, "Not sent for review yet."),
        ("submission/delete", 409, "Not sent back yet."),
        ("publication/delete", 409, "Not withdrawn yet."),
    ],
)
def test_the_note_of_any_refused_act_is_kept(
    newsroom: Newsroom, part: str, status: int, words: str
) -> None:
    story = newsroom.story()
    newsroom.revise(story, text="The river rose by a foot.")
    answer = post(newsroom, story, part, version="1", note=NOTE)
    assert answer.status_code == status
    assert f"{words} What you wrote is still here." in answer.text
    assert html.escape(NOTE) in answer.text
    again = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/{part}")
    assert (again.status_code, again.location) == (
        303,
        f"/newsroom/articles/{story.id}/publication",
    )


def test_a_note_that_is_too_long_is_kept(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    with transaction():
        review.submit(story, version=1, note="", by=newsroom.person("brian"))
    answer = post(newsroom, story, "submission/delete", version="1", note="x" * 1001)
    assert answer.status_code == 422
    assert "1,000 characters at most." in answer.text
    assert "x" * 1001 in answer.text


def test_a_note_of_one_act_is_in_no_other_form(newsroom: Newsroom, story: Article) -> None:
    answer = post(newsroom, story, "submission", version="1", note=NOTE)
    assert answer.status_code == 409
    assert answer.text.count(html.escape(NOTE)) == 1
    assert fields(answer.text)["note"] == ""
