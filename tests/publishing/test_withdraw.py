"""Taking a story away from readers, and bringing it back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.articles import actions
from app.articles.models import Byline, Tagging
from app.audit.models import AuditEntry
from app.core import clock, edition
from app.core.db import db, transaction
from app.publishing.actions import publish, withdraw
from tests.support.cast import Newsroom

PATH = "/politics/river-rises"
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


def test_a_withdrawn_story_is_gone_everywhere_and_its_address_says_so(newsroom: Newsroom) -> None:
    story = newsroom.live_story(topic_ids=(newsroom.topic,))
    live, before = story.live_revision_id, edition.current()
    fields = {"note": "Wrong river"}
    amina = newsroom.visitor("amina")
    answer = amina.post(f"/newsroom/articles/{story.id}/publication/delete", fields)
    assert "Withdrawn" in amina.get(answer.location or "").text
    reader = newsroom.visitor()
    assert reader.get(PATH).status_code == 410
    for path in ("/", "/politics"):
        assert "River rises" not in reader.get(path).text
    db.session.rollback()
    assert not db.session.scalars(select(Byline)).all()
    assert not db.session.scalars(select(Tagging)).all()
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.actor, entry.note, entry.revision_id) == (
        "withdraw",
        "Amina Rahimi",
        "Wrong river",
        live,
    )
    assert edition.current() == before + 1
    assert "Withdrawn" in amina.get("/newsroom/articles?state=withdrawn").text


def test_it_comes_back_at_its_address_with_its_first_day(newsroom: Newsroom) -> None:
    with clock.moved_to(NOON):
        story = newsroom.live_story()
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    with clock.moved_to(NOON + timedelta(days=1)), transaction():
        publish(story, version=1, by=newsroom.person("amina"))
    assert newsroom.visitor().get(PATH).status_code == 200
    assert (story.published_at, story.updated_at) == (NOON, None)  # it says nothing new
    assert story.changed_at == NOON + timedelta(days=1)
    assert story.live_path == PATH


def test_one_that_comes_back_changed_is_compared_with_what_readers_saw(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    by = newsroom.person("amina")
    with transaction():
        withdraw(story, by=by)
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    assert "No difference." in amina.get(address).text
    for version, text in enumerate(("The river rose twice.", "The river fell by a foot."), start=1):
        with transaction():
            actions.save(story, newsroom.content(text), based_on=version, by=by)
    page = amina.get(address).text
    assert "What kind of change is it?" in page
    assert "What has changed since readers last saw it" in page
    assert "<del>rose</del>" in page
    assert "twice" not in page


def test_what_is_not_live_is_not_withdrawn(newsroom: Newsroom) -> None:
    story = newsroom.story()
    before = edition.current()
    amina = newsroom.visitor("amina")
    answer = amina.post(f"/newsroom/articles/{story.id}/publication/delete")
    assert answer.status_code == 409
    assert "nothing to withdraw" in answer.text
    db.session.rollback()
    assert edition.current() == before


def test_a_contributor_withdraws_nothing(newsroom: Newsroom) -> None:
    story = newsroom.live_story("brian")
    answer = newsroom.visitor("brian").post(f"/newsroom/articles/{story.id}/publication/delete")
    assert answer.status_code == 403
    assert newsroom.visitor().get(PATH).status_code == 200
