"""Withdrawing a story, and publishing it again."""

import re
from datetime import UTC, datetime, timedelta

import flask_migrate
from sqlalchemy import select, text

from app.articles import actions
from app.articles.models import Article
from app.audit.models import AuditEntry
from app.core import clock, edition
from app.core.db import db, transaction
from app.live.checking import findings
from app.live.models import Byline, StoryLink, Tagging
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom

PATH = "/politics/river-rises"
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


def test_a_withdrawn_story_is_gone_everywhere_and_its_address_says_so(newsroom: Newsroom) -> None:
    story = newsroom.live_story(topic_ids=(newsroom.topic,))
    live, before = newsroom.publication(story).revision_id, edition.current()
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
        publish_draft(story, version=1, by=newsroom.person("amina"))
    assert newsroom.visitor().get(PATH).status_code == 200
    seen = newsroom.publication(story)
    assert (seen.published_at, seen.updated_at) == (NOON, None)  # it says nothing new
    assert seen.changed_at == NOON + timedelta(days=1)
    assert seen.path == PATH


def test_one_that_comes_back_changed_is_compared_with_what_readers_saw(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    by = newsroom.person("amina")
    with transaction():
        withdraw(story, by=by)
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    assert "No words changed." in amina.get(address).text
    for version, words in enumerate(("It rose twice.", "The river fell by a foot."), start=1):
        with transaction():
            actions.save(story, newsroom.content(words), based_on=version, by=by)
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


def test_what_withdrawing_touches_is_told_before(newsroom: Newsroom) -> None:
    by = newsroom.person("amina")
    story = newsroom.live_story(slug="old")
    with transaction():
        actions.save(story, newsroom.content(), based_on=1, by=by)
        publish_draft(story, version=2, by=by)
    for slug, path in (
        ("by-old", "/politics/old"),
        ("by-new", f"{PATH}/?a=b"),
        ("other", "/culture"),
    ):
        newsroom.live_story(
            slug=slug, headline=f"Leads {slug}", text=f"Text.\n\n::: related {path} River"
        )
    newsroom.story(slug="draft", headline="A draft", text=f"Text.\n\n::: related {PATH} River")
    newsroom.live_story(slug="ru", headline="In Russian", language="ru", original_id=story.id)
    amina = newsroom.visitor("amina")
    page = amina.get(f"/newsroom/articles/{story.id}/publication").text
    told = page[page.index("<summary>Withdraw") : page.index("Withdraw the story")]
    lines = re.findall(r'<li><a href="([^"]+)" dir="auto">([^<]+)</a> (.*)</li>', told)
    nowhere = "leads here as to a related story, and would lead to nothing."
    assert lines == [
        (f"/newsroom/articles/{story.id + 1}", "Leads by-old", nowhere),
        (f"/newsroom/articles/{story.id + 2}", "Leads by-new", nowhere),
        (f"/newsroom/articles/{story.id + 5}", "In Russian", "stays live in Русский (Russian)."),
    ]
    assert list(findings()) == []
    for number in (1, 2):
        leading = db.session.get_one(Article, story.id + number)
        with transaction():
            withdraw(leading, by=by)
    page = amina.get(f"/newsroom/articles/{story.id}/publication").text
    assert nowhere not in page
    assert list(findings()) == []
    db.session.execute(text("DELETE FROM story_link"))
    assert [f"Story {story.id + 3} is live, but" in each for each in findings()] == [True]


def test_what_live_texts_lead_to_is_found_by_the_migration(newsroom: Newsroom) -> None:
    newsroom.live_story(text=f"Text.\n\n::: related {PATH} River")
    db.session.remove()
    flask_migrate.downgrade(revision="0011", x_arg=["lossy=yes"])
    flask_migrate.upgrade()
    assert list(findings()) == []
    assert db.session.scalars(select(StoryLink.path)).all() == [PATH]
