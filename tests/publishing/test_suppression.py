"""Words that readers have seen are taken back: hidden for good reasons, and shown again."""

from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.articles import actions
from app.articles.models import Article, Reason, Revision
from app.audit.models import AuditEntry
from app.core import edition
from app.core.db import db, transaction
from app.core.errors import Conflict, NotReady
from app.live.checking import findings
from app.live.models import ChangeKind, SuppressionReason
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from app.publishing.suppression import suppress, unsuppress
from tests.support.cast import Newsroom

PATH = "/politics/river-rises"
CHANGES = f"{PATH}/changes"
SECRET = "The minister stole the dyke."
NOTE = "The minister did not steal the dyke."
TEXT = f"The river rose by a hand.\n\n{SECRET}"


def numbered(story: Article, number: int) -> Revision:
    """The revision that readers count as `number`."""
    public = select(Revision).where(
        Revision.article_id == story.id, Revision.reason == Reason.PUBLISHED.value
    )
    return db.session.scalars(public.order_by(Revision.number)).all()[number - 1]


@pytest.fixture
def story(newsroom: Newsroom) -> Article:
    """A story with a sentence that was wrong, and its correction."""
    found = newsroom.live_story(text=TEXT)
    by = newsroom.person("amina")
    with transaction():
        actions.save(found, newsroom.content("The river rose by a hand."), based_on=1, by=by)
        told = ChangeNote(ChangeKind.CORRECTION, NOTE)
        publish_draft(found, version=2, change=told, by=by)
    newsroom.republish(found, text="The river rose by a foot.")
    return found


def posted(newsroom: Newsroom, story: Article, number: int, **fields: str) -> TestResponse:
    """Amina hides the words of one revision with the form under Versions."""
    amina = newsroom.visitor("amina")
    amina.get(f"/newsroom/articles/{story.id}/revisions")
    path = f"/newsroom/articles/{story.id}/revisions/{number}/suppression"
    return amina.post(path, {"reason": "legal", "note": ""} | fields)


def test_marked_words_are_shown_nowhere_and_readers_are_told_why(
    newsroom: Newsroom, story: Article
) -> None:
    reader, before = newsroom.visitor(), edition.current()
    assert "minister stole" in reader.get(CHANGES).text
    first = numbered(story, 1)
    answer = posted(newsroom, story, first.number, note="Court order 12/26")
    assert answer.status_code == 303
    page = reader.get(CHANGES).text
    assert "stole" not in page
    assert "What changed here is not shown." in page
    assert "Removed for legal reasons." in page
    assert NOTE in page
    assert "<del>hand</del>" in page  # the versions after it are compared as before
    db.session.rollback()
    assert edition.current() > before
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.actor, entry.revision_id) == (
        "hide words",
        "Amina Rahimi",
        first.id,
    )
    assert entry.note == "Removed for legal reasons. Court order 12/26"


def test_what_readers_were_told_with_them_can_be_hidden_too(
    newsroom: Newsroom, story: Article
) -> None:
    places = (
        *(PATH, CHANGES, "/corrections", "/feeds/corrections/rss.xml"),
        *("/feeds/rss.xml", "/feeds/feed.json", "/feeds/politics/atom.xml"),
    )
    reader = newsroom.visitor()
    second = numbered(story, 2)
    seen = [path for path in places if "did not steal" in reader.get(path).text]
    assert {PATH, CHANGES, "/corrections", "/feeds/rss.xml"} <= set(seen)
    assert posted(newsroom, story, second.number, hides_note="y").status_code == 303
    for path in places:
        found = reader.get(path)
        assert "did not steal" not in found.text, path
        assert path not in seen or "Removed for legal reasons." in found.text, path
    assert "stole" not in reader.get(CHANGES).text  # it was struck out in the second version


def test_showing_them_again_is_an_act_too(newsroom: Newsroom, story: Article) -> None:
    first = numbered(story, 1)
    posted(newsroom, story, first.number)
    amina = newsroom.visitor("amina")
    page = amina.get(f"/newsroom/articles/{story.id}/revisions").text
    assert "Removed for legal reasons." in page
    path = f"/newsroom/articles/{story.id}/revisions/{first.number}/suppression/delete"
    assert f'action="{path}"' in page
    assert amina.post(path).status_code == 303
    assert "minister stole" in newsroom.visitor().get(CHANGES).text
    db.session.rollback()
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id.desc())).all()
    assert acts[:2] == ["show words again", "hide words"]
    assert amina.post(path).status_code == 409


def test_what_readers_see_now_or_never_saw_cannot_be_hidden(
    newsroom: Newsroom, story: Article
) -> None:
    live = numbered(story, 3)
    assert posted(newsroom, story, live.number).status_code == 409
    saved = db.session.scalars(
        select(Revision).where(Revision.article_id == story.id, Revision.number == 1)
    ).one()
    assert saved.reason != Reason.PUBLISHED
    assert posted(newsroom, story, saved.number).status_code == 409
    assert posted(newsroom, story, 999).status_code == 404
    first = numbered(story, 1)
    assert posted(newsroom, story, first.number, reason="whim").status_code == 422
    assert posted(newsroom, story, first.number).status_code == 303
    assert posted(newsroom, story, first.number).status_code == 409


def test_contributors_hide_nothing(newsroom: Newsroom) -> None:
    story = newsroom.live_story("brian")
    newsroom.republish(story, text="Changed.")
    first = numbered(story, 1)
    brian = newsroom.visitor("brian")
    page = brian.get(f"/newsroom/articles/{story.id}/revisions").text
    assert "suppression" not in page
    path = f"/newsroom/articles/{story.id}/revisions/{first.number}/suppression"
    assert brian.post(path, {"reason": "legal"}).status_code == 403


def test_it_is_offered_when_a_withdrawn_story_is_published_again(newsroom: Newsroom) -> None:
    story, by = newsroom.live_story(text=TEXT), newsroom.person("amina")
    with transaction():
        withdraw(story, by=by)
    newsroom.revise(story, text="The river rose by a hand.")
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    page = amina.get(address).text
    assert "Words of the earlier versions" in page
    fields = {"version": "2", "kind": "update", "hide_earlier": "privacy"}
    assert amina.post(address, fields).status_code == 303
    reader = newsroom.visitor()
    assert "stole" not in reader.get(CHANGES).text
    assert "Removed to protect somebody’s privacy." in reader.get(CHANGES).text
    assert "Words of the earlier versions" not in amina.get(address).text


def test_it_is_never_chosen_by_itself(newsroom: Newsroom) -> None:
    story, by = newsroom.live_story(text=TEXT), newsroom.person("amina")
    with transaction():
        withdraw(story, by=by)
    newsroom.revise(story, text="The river rose by a hand.")
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    amina.get(address)
    assert amina.post(address, {"version": "2", "kind": "update"}).status_code == 303
    assert "minister stole" in newsroom.visitor().get(CHANGES).text
    fields = {"version": "2", "kind": "update", "hide_earlier": "whim"}
    assert amina.post(address, fields).status_code in (409, 422)


def test_hidden_words_are_not_published_again_by_accident(newsroom: Newsroom) -> None:
    story, by = newsroom.live_story(text=TEXT), newsroom.person("amina")
    with transaction():
        withdraw(story, by=by)
        suppress(numbered(story, 1), SuppressionReason.LEGAL, by=by)
    with pytest.raises(NotReady, match="cannot be published"), transaction():
        publish_draft(story, version=1, by=by)
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/publication").text
    assert "These words were taken back" in page
    newsroom.revise(story, text="Other words.")
    newsroom.revise(story, text=TEXT)  # the same words in a new version
    with pytest.raises(NotReady), transaction():
        publish_draft(story, version=3, by=by)
    with transaction():
        unsuppress(numbered(story, 1), by=by)
        publish_draft(story, version=3, by=by)
    assert "minister stole" in newsroom.visitor().get(PATH).text


def test_bringing_hidden_words_back_into_a_live_story_is_refused_with_the_reason(
    newsroom: Newsroom, story: Article
) -> None:
    with transaction():
        suppress(numbered(story, 1), SuppressionReason.LEGAL, by=newsroom.person("amina"))
    newsroom.revise(story, text=TEXT)
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    amina.get(address)
    fields = {"version": str(story.draft.version), "kind": "update"}
    answer = amina.post(address, fields)
    assert answer.status_code == 422
    assert "These words were taken back" in answer.text
    assert "stole" not in newsroom.visitor().get(PATH).text


def test_the_check_finds_hidden_words_that_readers_see(newsroom: Newsroom, story: Article) -> None:
    first = numbered(story, 1)
    with transaction():
        suppress(first, SuppressionReason.LEGAL, by=newsroom.person("amina"))
    assert list(findings()) == []
    with transaction() as session:
        newsroom.publication(story).revision_id = first.id
        session.flush()
    assert any("taken back" in each for each in findings())


def test_nothing_kept_shows_them_while_the_database_is_away(
    newsroom: Newsroom, story: Article, instance: Path
) -> None:
    reader, cache = newsroom.visitor(), newsroom.app.extensions["pagecache"]
    newsroom.publication(story)
    assert "minister stole" in reader.get(CHANGES).text
    cache.wait_until_idle()
    assert words_on_disk(instance, "minister stole")
    with transaction():
        suppress(numbered(story, 1), SuppressionReason.LEGAL, by=newsroom.person("amina"))
    cache.wait_until_idle()
    assert not words_on_disk(instance, "minister stole")


def words_on_disk(instance: Path, words: str) -> list[Path]:
    """The kept pages that hold `words`."""
    kept = (path for path in (instance / "pages").rglob("*") if path.is_file())
    return [path for path in kept if words.encode() in path.read_bytes()]


def test_two_editors_hide_the_same_words_once(newsroom: Newsroom, story: Article) -> None:
    first, by = numbered(story, 1), newsroom.person("amina")
    with transaction():
        suppress(first, SuppressionReason.LEGAL, by=by)
    with pytest.raises(Conflict), transaction():
        suppress(numbered(story, 1), SuppressionReason.PRIVACY, by=by)
