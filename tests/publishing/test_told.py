"""What readers are told about a change: its kind decides what the story's page shows, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.articles import actions
from app.articles.models import Article
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import NotReady
from app.live.models import Change, ChangeKind
from app.publishing.actions import publish_draft
from app.publishing.change_note import ChangeNote
from tests.support.cast import Newsroom

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def changed(newsroom: Newsroom, kind: ChangeKind, reason: str = "") -> Article:
    """A story published on Monday and changed on Tuesday."""
    with clock.moved_to(MONDAY):
        story = newsroom.live_story()
    with clock.moved_to(TUESDAY), transaction():
        by = newsroom.person("amina")
        content = replace(story.draft.content, headline="River rises by a foot")
        actions.save(story, content, based_on=1, by=by)
        publish_draft(story, version=2, change=ChangeNote(kind, reason), by=by)
    return story


def test_the_first_publication_is_no_change(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    assert db.session.scalar(select(Change)) is None
    seen = newsroom.publication(story)
    assert (seen.changed_at, seen.updated_at, seen.corrected_at) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "reason", "updated", "noticed"),
    [
        (ChangeKind.FIX, "", None, None),
        (ChangeKind.UPDATE, "", TUESDAY, None),
        (ChangeKind.CORRECTION, "It was a foot.", TUESDAY, TUESDAY),
        (ChangeKind.CLARIFICATION, "At the bridge.", TUESDAY, TUESDAY),
    ],
)
def test_the_kind_decides_which_times_the_story_shows(
    newsroom: Newsroom,
    kind: ChangeKind,
    reason: str,
    updated: datetime | None,
    noticed: datetime | None,
) -> None:
    story = changed(newsroom, kind, reason)
    seen = newsroom.publication(story)
    assert (seen.published_at, seen.changed_at) == (MONDAY, TUESDAY)
    assert (seen.updated_at, seen.corrected_at) == (updated, noticed)
    entry = db.session.scalars(select(Change)).one()
    assert (entry.kind, entry.reason, entry.at) == (kind.value, reason, TUESDAY)
    assert entry.revision_id == seen.revision_id
    assert entry.by_id == newsroom.person("amina").id


@pytest.mark.parametrize("kind", [ChangeKind.CORRECTION, ChangeKind.CLARIFICATION])
def test_a_notice_has_to_say_what_it_is_about(newsroom: Newsroom, kind: ChangeKind) -> None:
    with pytest.raises(NotReady) as refused:
        changed(newsroom, kind, " ")
    assert list(refused.value.problems) == ["reason"]
    assert db.session.scalar(select(Change)) is None


UNSEEN = (
    "\u200b",
    "\ufeff\u00a0",
    "\u202a\u202c",
    "\u2068\u2069",
    "\u00ad\u2060",
    "\u3164",
    "\u2028",
    " … ",
)


@pytest.mark.parametrize("reason", UNSEEN)
def test_signs_that_nobody_sees_are_no_reason(newsroom: Newsroom, reason: str) -> None:
    answer = publication(newsroom, kind="correction", reason=reason)
    assert answer.status_code == 422
    assert "Tell readers what this correction is about." in answer.text


def test_a_reason_is_one_paragraph_without_what_nobody_sees_at_its_ends(newsroom: Newsroom) -> None:
    written = "\u200f\ufeff It was a foot, \r\n\r\n not a hand\u200b.\u202c\n"
    assert publication(newsroom, kind="correction", reason=written).status_code == 303
    db.session.rollback()
    entry = db.session.scalars(select(Change)).one()
    assert entry.reason == "It was a foot, not a hand\u200b."


def publication(newsroom: Newsroom, **fields: Any) -> Any:
    story = newsroom.live_story()
    with transaction():
        content = replace(story.draft.content, headline="River rises by a foot")
        actions.save(story, content, based_on=1, by=newsroom.person("amina"))
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    assert "What kind of change is it?" in amina.get(address).text
    return amina.post(address, {"version": "2"} | fields)


def test_the_form_asks_for_the_kind_and_keeps_what_was_written(newsroom: Newsroom) -> None:
    answer = publication(newsroom, reason="It was a foot, not a hand.")
    assert answer.status_code == 422
    assert "Choose what kind of change it is." in answer.text
    assert 'id="mend" tabindex="-1"' in answer.text
    assert "<title>Not published:" in answer.text
    assert "It was a foot, not a hand.</textarea>" in answer.text
    assert "River rises by a hand" in newsroom.visitor().get("/politics/river-rises").text


def test_the_form_says_what_a_correction_lacks(newsroom: Newsroom) -> None:
    answer = publication(newsroom, kind="correction", note="Called by a reader")
    assert answer.status_code == 422
    assert "Tell readers what this correction is about." in answer.text
    assert "Called by a reader</textarea>" in answer.text
    assert 'value="correction" checked' in answer.text


@pytest.mark.parametrize("kind", ["", "nonsense", "fix\0", "1" * 9000])
def test_other_kinds_are_refused(newsroom: Newsroom, kind: str) -> None:
    assert publication(newsroom, kind=kind).status_code == 422


def test_a_correction_goes_through_the_form(newsroom: Newsroom) -> None:
    answer = publication(newsroom, kind="correction", reason="It was a foot, not a hand.")
    assert answer.status_code == 303
    page = newsroom.visitor().get("/politics/river-rises").text
    assert "It was a foot, not a hand." in page


def test_a_story_not_seen_yet_is_published_without_a_kind(newsroom: Newsroom) -> None:
    story = newsroom.story()
    amina = newsroom.visitor("amina")
    page = amina.get(f"/newsroom/articles/{story.id}/publication").text
    assert "What kind of change" not in page
    answer = amina.post(f"/newsroom/articles/{story.id}/publication", {"version": "1"})
    assert answer.status_code == 303
