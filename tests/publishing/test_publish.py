"""Publishing a story and publishing changes: it works, and each thing that can be missing or refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.articles import actions
from app.articles.models import Article, Revision
from app.audit.models import AuditEntry
from app.body import markdown
from app.body.document import Body
from app.core import clock, edition
from app.core.db import db, transaction
from app.live.models import Byline, Tagging
from app.media.actions import PictureTexts, store_placeholder
from app.publishing.actions import publish_draft
from app.publishing.readiness import problems
from tests.support.cast import Newsroom

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


def change(newsroom: Newsroom, story: Article, **fields: Any) -> None:
    """A new version of the draft, by Amina."""
    with transaction():
        content = replace(story.draft.content, **fields)
        actions.save(story, content, based_on=story.draft.version, by=newsroom.person("amina"))


def put_live(newsroom: Newsroom, story: Article, by: str = "amina") -> None:
    with transaction():
        publish_draft(story, version=story.draft.version, by=newsroom.person(by))


def post(newsroom: Newsroom, story: Article, version: int, note: str = "") -> Any:
    amina = newsroom.visitor("amina")
    fields = {"version": str(version), "note": note, "kind": "update"}
    return amina.post(f"/newsroom/articles/{story.id}/publication", fields)


def seen(newsroom: Newsroom, path: str = "/politics/river-rises") -> str:
    return newsroom.visitor().get(path).text


def last_entry() -> AuditEntry:
    db.session.rollback()
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


def test_publishing_shows_the_draft_to_readers(newsroom: Newsroom) -> None:
    story = newsroom.story()
    before = edition.current()
    assert newsroom.visitor().get("/politics/river-rises").status_code == 404
    answer = post(newsroom, story, 1, "Checked")
    assert answer.status_code == 303
    assert "Live now" in newsroom.visitor("amina").get(answer.location).text
    assert "The river rose by a hand." in seen(newsroom)
    entry = last_entry()
    assert (entry.act, entry.subject_id, entry.actor, entry.note) == (
        "publish",
        story.id,
        "Amina Rahimi",
        "Checked",
    )
    kept = db.session.get_one(Revision, entry.revision_id)
    assert (kept.number, kept.reason, kept.note, kept.by_id) == (
        2,
        "published",
        "Checked",
        entry.person_id,
    )
    assert edition.current() == before + 1


def test_changes_reach_readers_only_when_published(newsroom: Newsroom) -> None:
    with clock.moved_to(YESTERDAY):
        story = newsroom.live_story()
    number = edition.current()
    change(newsroom, story, body=markdown.read("The river fell."), headline="Falls")
    assert "The river rose by a hand." in seen(newsroom)
    assert edition.current() == number
    with clock.moved_to(YESTERDAY + timedelta(hours=2)):
        answer = post(newsroom, story, 2)
    assert "The changes are live now" in newsroom.visitor("amina").get(answer.location).text
    page = seen(newsroom)
    assert "The river fell." in page
    assert "The river rose" not in page
    live = newsroom.publication(story)
    assert (live.published_at, live.updated_at) == (YESTERDAY, YESTERDAY + timedelta(hours=2))
    assert edition.current() == number + 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", ""),
        ("body", Body.empty()),
        ("category_id", None),
        ("author_ids", ()),
        ("slug", ""),
        ("lead_alt", ""),
        ("lead_credit", ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_goes_live(
    newsroom: Newsroom, field: str, value: object
) -> None:
    lead: dict[str, Any] = {
        "lead_picture_id": picture(newsroom),
        "lead_alt": "A bridge",
        "lead_credit": "Stet",
    }
    without_letters = {"headline": "🗞️"} if field == "slug" else {}  # no address follows from it
    story = newsroom.story(**(lead | without_letters | {field: value}))
    before = edition.current()
    answer = post(newsroom, story, 1)
    assert answer.status_code == 422
    (sentence,) = problems(story, story.draft.content).values()
    assert sentence in answer.text
    db.session.rollback()
    db.session.expire_all()
    assert not story.is_live
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 1
    assert edition.current() == before
    change(newsroom, story, **(lead | vars(newsroom.content())))
    db.session.expire_all()
    assert not problems(story, story.draft.content)


def picture(newsroom: Newsroom) -> int:
    by, instance = newsroom.person("amina"), newsroom.app.config["STET"].instance
    with transaction():
        return store_placeholder("bridge", PictureTexts("", "", ""), instance, by=by).id


def test_a_version_that_was_not_looked_at_is_not_published(newsroom: Newsroom) -> None:
    story = newsroom.story()
    change(newsroom, story, headline="Not seen by the editor")
    for version in (0, 1, 3, 2**31, 2**63 - 1):
        answer = post(newsroom, story, version)
        assert answer.status_code == 409
        assert "changed this story since" in answer.text
    assert newsroom.visitor().get("/politics/river-rises").status_code == 404
    assert post(newsroom, story, 2).status_code == 303


@pytest.mark.parametrize("version", ["", "x", "-1", "1e3", "1.5", "²", str(2**63), "9" * 5000])
def test_a_version_that_is_none_is_refused(newsroom: Newsroom, version: Any) -> None:
    story = newsroom.story()
    assert post(newsroom, story, version).status_code == 422
    db.session.rollback()
    db.session.expire_all()
    assert not story.is_live


def test_what_readers_see_already_is_not_published_again(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    before = edition.current()
    answer = post(newsroom, story, 1)
    assert answer.status_code == 409
    assert "Readers see this version already" in answer.text
    db.session.rollback()
    assert edition.current() == before


def test_a_contributor_cannot_publish(newsroom: Newsroom) -> None:
    story = newsroom.story("brian")
    brian = newsroom.visitor("brian")
    page = brian.get(f"/newsroom/articles/{story.id}/publication").text
    assert "Publish now" not in page
    answer = brian.post(f"/newsroom/articles/{story.id}/publication", {"version": "1"})
    assert answer.status_code == 403
    assert "you cannot publish a story" in answer.text
    assert newsroom.visitor().get("/politics/river-rises").status_code == 404


def test_names_and_topics_follow_the_live_version(newsroom: Newsroom) -> None:
    story = newsroom.live_story(author_ids=(newsroom.author,), topic_ids=(newsroom.topic,))
    change(
        newsroom,
        story,
        author_ids=(newsroom.second_author, newsroom.author),
        topic_ids=(newsroom.second_topic,),
    )
    assert listed(story) == ([newsroom.author], [newsroom.topic])
    put_live(newsroom, story)
    assert listed(story) == ([newsroom.second_author, newsroom.author], [newsroom.second_topic])
    assert "River rises" in seen(newsroom, "/topics/bridges")
    assert "River rises" not in seen(newsroom, "/topics/rivers")


def listed(story: Article) -> tuple[list[int], list[int]]:
    db.session.rollback()
    authors = select(Byline.author_id).where(Byline.article_id == story.id)
    topics = select(Tagging.topic_id).where(Tagging.article_id == story.id)
    return (
        list(db.session.scalars(authors.order_by(Byline.position))),
        list(db.session.scalars(topics.order_by(Tagging.position))),
    )


SECRETS = [
    f"{folder}{name}"
    for name in ("authors/secret-source", "topics/secret-operation")
    for folder in ("/", "/feeds/")
]
SECRETS = [path + "/rss.xml" * path.startswith("/feeds") for path in SECRETS]


def test_a_name_in_a_draft_is_nothing_to_readers(newsroom: Newsroom) -> None:
    """An author or topic that only drafts have would reveal what the newsroom is working on."""
    amina = newsroom.visitor("amina")
    story = newsroom.story()
    fields = {"authors": "Secret Source", "topics": "Secret operation", "version": "1", "body": "x"}
    fields |= {"headline": "A", "language": "en", "category_id": str(newsroom.politics)}
    assert amina.post(f"/newsroom/articles/{story.id}/draft", fields).status_code == 303
    for path in SECRETS:
        answer = newsroom.visitor().get(path)
        assert answer.status_code == 404, path
        assert "ecret" not in answer.text
    db.session.rollback()
    db.session.expire_all()
    put_live(newsroom, story)
    for path in SECRETS:
        assert newsroom.visitor().get(path).status_code == 200
