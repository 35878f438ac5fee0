"""Submitting and sending back: each works first, then each refusal."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.articles.models import Article, Revision
from app.audit.models import AuditEntry
from app.core import edition
from app.core.db import db, transaction
from app.publishing.actions import publish_draft, withdraw
from app.publishing.models import Submission
from app.publishing.review import submit
from tests.support.cast import Newsroom


def send(newsroom: Newsroom, key: str, story: Article, note: str, part: str = "") -> TestResponse:
    fields = {"version": "1", "note": note}
    return newsroom.visitor(key).post(f"/newsroom/articles/{story.id}/submission{part}", fields)


def entries(story: Article) -> list[tuple[str, str, str, int | None]]:
    """Act, actor, note and number of the revision, oldest first."""
    db.session.rollback()
    rows = db.session.execute(
        select(AuditEntry.act, AuditEntry.actor, AuditEntry.note, Revision.number)
        .outerjoin(Revision, Revision.id == AuditEntry.revision_id)
        .where(AuditEntry.subject_kind == "article", AuditEntry.subject_id == story.id)
        .order_by(AuditEntry.id)
    )
    return [(act, actor, note, number) for act, actor, note, number in rows]


def test_a_draft_goes_to_the_editors_and_comes_back_with_a_note(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    before = edition.current()
    page = f"/newsroom/articles/{story.id}/publication"
    assert send(newsroom, "brian", story, "Please look").location == page
    assert "In review" in newsroom.visitor("brian").get("/newsroom/articles").text
    for_amina = newsroom.visitor("amina").get(page).text
    assert "Please look" in for_amina
    assert "Sent by Brian Wellbrock" in for_amina
    assert send(newsroom, "amina", story, "Name the river", "/delete").location == page
    assert "Name the river" in newsroom.visitor("brian").get(page).text
    assert entries(story) == [
        ("start", "Brian Wellbrock", "", 1),
        ("submit", "Brian Wellbrock", "Please look", 1),
        ("send back", "Amina Rahimi", "Name the river", 1),
    ]
    answered = db.session.scalars(select(Submission)).one()
    assert (answered.outcome, answered.answer) == ("sent back", "Name the river")
    assert edition.current() == before


def test_it_can_be_sent_again(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    for _ in range(2):
        assert send(newsroom, "brian", story, "").status_code == 303
        assert send(newsroom, "amina", story, "More", "/delete").status_code == 303
    db.session.rollback()
    assert len(db.session.scalars(select(Submission)).all()) == 2


def test_publishing_answers_it(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    with transaction():
        submit(story, version=1, note="Please", by=newsroom.person("brian"))
        publish_draft(story, version=1, note="Fine", by=newsroom.person("amina"))
    assert not story.is_waiting
    answered = db.session.scalars(select(Submission)).one()
    assert (answered.outcome, answered.decided_by_id) == ("published", newsroom.person("amina").id)


def test_it_waits_once(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    send(newsroom, "brian", story, "")
    answer = send(newsroom, "brian", story, "")
    assert answer.status_code == 409
    assert "waiting for review already" in answer.text
    db.session.rollback()
    assert len(db.session.scalars(select(Submission)).all()) == 1


def test_what_is_not_waiting_is_not_sent_back(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    answer = send(newsroom, "amina", story, "No", "/delete")
    assert answer.status_code == 409
    assert "not waiting for review" in answer.text


def test_a_contributor_sends_nothing_back(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    send(newsroom, "brian", story, "")
    assert send(newsroom, "brian", story, "Back to me", "/delete").status_code == 403
    db.session.rollback()
    db.session.expire_all()
    assert story.is_waiting


@pytest.mark.parametrize("note", ["x" * 1001, "with \0 inside"])
def test_a_note_that_cannot_be_kept_is_shown_again(newsroom: Newsroom, note: str) -> None:
    story = newsroom.story("brian")
    answer = send(newsroom, "brian", story, note)
    assert answer.status_code == 422
    db.session.rollback()
    db.session.expire_all()
    assert not story.is_waiting


def test_nothing_is_sent_back_without_a_word(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    send(newsroom, "brian", story, "")
    answer = send(newsroom, "amina", story, " ", "/delete")
    assert answer.status_code == 422
    assert "what is still to be done" in answer.text


def test_the_author_reads_why_it_was_sent_back(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    send(newsroom, "brian", story, "")
    send(newsroom, "amina", story, "Name the second source.", "/delete")
    assert (
        "Name the second source."
        in newsroom.visitor("brian").get(f"/newsroom/articles/{story.id}").text
    )


SENT_BACK = "Sent back by Amina Rahimi"


def pages(newsroom: Newsroom, story: Article) -> list[str]:
    """The two pages that repeat an editor's answer: writing, and reviewing."""
    at = f"/newsroom/articles/{story.id}"
    return [newsroom.visitor("amina").get(f"{at}{end}").text for end in ("", "/publication")]


def sent_back(newsroom: Newsroom) -> Article:
    story = newsroom.story("brian")
    send(newsroom, "brian", story, "")
    send(newsroom, "amina", story, "Name the second source.", "/delete")
    return story


def test_what_was_published_after_all_is_not_sent_back_any_more(newsroom: Newsroom) -> None:
    story = sent_back(newsroom)
    assert all(SENT_BACK in page and "second source" in page for page in pages(newsroom, story))
    with transaction():
        publish_draft(story, version=1, by=newsroom.person("amina"))
    assert not any("Sent back" in page.partition("On record")[0] for page in pages(newsroom, story))
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert not any("Sent back" in page.partition("On record")[0] for page in pages(newsroom, story))


def test_what_was_sent_back_stays_so_while_it_is_written(newsroom: Newsroom) -> None:
    story = sent_back(newsroom)
    newsroom.revise(story, headline="Two sources")
    assert all(SENT_BACK in page for page in pages(newsroom, story))


def test_a_change_to_a_live_story_can_be_sent_back(newsroom: Newsroom) -> None:
    story = newsroom.live_story("brian")
    send(newsroom, "brian", story, "")
    send(newsroom, "amina", story, "Not yet.", "/delete")
    assert all(SENT_BACK in page for page in pages(newsroom, story))
