"""`stet seed` loads once, with the editors' actions.

Stories that the newsroom has changed stay as they are.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.content import Content
from app.articles.models import Article, Draft, Revision, State
from app.audit.models import AuditEntry
from app.core.config import PROJECT
from app.core.db import db, transaction
from app.core.edition import current
from app.live.models import Publication
from app.publishing.actions import publish_draft, withdraw
from app.taxonomy.actions import revise_category
from app.taxonomy.models import Category
from tests.support.contents import contents, differing
from tests.transfer.conftest import Load

TALKS = "russian-afghan-defense-talks"
STORIES = len([*(PROJECT / "seeds").glob("*/*.md")])  # pages, too


@pytest.fixture(autouse=True)
def _in_the_application(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def story(slug: str = TALKS) -> Article:
    """One of the stories that ship, as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(
        select(Article).join(Draft, Draft.article_id == Article.id).where(Draft.slug == slug)
    ).one()


def edit_file(folder: Path, old: str, new: str, slug: str = TALKS) -> None:
    path = folder / "stories" / f"{slug}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def change_headline(headline: str) -> None:
    """What the save of an editor does."""
    article = story()
    with transaction():
        content = replace(article.draft.content, headline=headline)
        actions.save(article, content, based_on=article.draft.version, by=Operator())


def test_every_story_is_live_with_two_versions_and_the_day_it_was_written(load: Load) -> None:
    assert f"{STORIES} loaded" in load()
    articles = db.session.scalars(select(Article)).all()
    assert len(articles) == STORIES
    assert all(article.state is State.LIVE for article in articles)
    assert set(db.session.scalars(select(Publication.updated_at))) == {None}
    assert story().published_at == datetime(2026, 3, 13, 8, 15, tzinfo=UTC)
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 2 * STORIES
    counted = select(AuditEntry.act, func.count()).group_by(AuditEntry.act)
    acts = dict(iter(db.session.execute(counted)))
    assert acts["start"] == acts["publish"] == STORIES


def test_a_second_run_changes_nothing_at_all(load: Load) -> None:
    load()
    before = contents(db.engine)
    assert f"{STORIES} unchanged" in load()
    assert differing(before, contents(db.engine)) == []


def test_drafts_are_not_shown_to_readers(load: Load, app: Flask) -> None:
    load("--draft")
    assert {article.state for article in db.session.scalars(select(Article))} == {State.DRAFT}
    assert app.test_client().get(f"/politics/{TALKS}").status_code == 404


def test_a_changed_file_updates_its_story_and_readers_see_it(
    load: Load, folder: Path, app: Flask
) -> None:
    load()
    edit_file(folder, "talks in Moscow on", "talks in Kazan on")
    edition = current()
    assert "1 updated from its file" in load()
    assert "talks in Kazan on" in app.test_client().get(f"/politics/{TALKS}").text
    assert db.session.get_one(Publication, story().id).updated_at is not None
    db.session.rollback()
    assert current() > edition
    assert f"{STORIES} unchanged" in load()


def test_a_changed_file_may_stay_a_draft_over_the_live_story(
    load: Load, folder: Path, app: Flask
) -> None:
    load()
    edit_file(folder, "talks in Moscow on", "talks in Kazan on")
    load("--draft")
    assert db.session.get_one(Publication, story().id).is_behind(story().draft)
    assert "talks in Moscow on" in app.test_client().get(f"/politics/{TALKS}").text


def test_a_story_changed_by_an_editor_is_left_alone_and_said_so(load: Load, folder: Path) -> None:
    load()
    change_headline("Our own headline")
    edit_file(folder, "talks in Moscow on", "talks in Kazan on")
    said = load()
    assert f"{TALKS}.md: left alone: it was changed in the newsroom" in said
    assert "1 left alone" in said
    draft = story().draft
    assert draft.headline == "Our own headline"
    assert "talks in Moscow on" in draft.content.dumps()


def test_a_withdrawn_story_is_not_brought_back_by_its_file(load: Load, folder: Path) -> None:
    load()
    article = story()
    with transaction():
        withdraw(article, by=Operator())
    edit_file(folder, "talks in Moscow on", "talks in Kazan on")
    assert "1 left alone" in load()
    assert story().state is State.WITHDRAWN


def test_a_draft_that_an_editor_published_is_not_changed_by_a_second_run(load: Load) -> None:
    load("--draft")
    article = story()
    with transaction():
        publish_draft(article, version=article.draft.version, by=Operator())
    before = contents(db.engine)
    load("--draft")
    assert differing(before, contents(db.engine)) == []


def test_a_category_that_the_newsroom_calls_otherwise_stays_one_category(load: Load) -> None:
    load()
    politics = db.session.scalars(select(Category).where(Category.slug == "politics")).one()
    with transaction():
        revise_category(politics, "World", "Talks.", 0, by=Operator())
    before = contents(db.engine)
    assert f"{STORIES} unchanged" in load()
    assert differing(before, contents(db.engine)) == []


def test_a_broken_file_is_named_with_its_line_and_nothing_is_loaded(
    load: Load, folder: Path
) -> None:
    edit_file(folder, "language: en", "language: xx")
    before = contents(db.engine)
    said = load(exit_code=1)
    number = 1 + (folder / "stories" / f"{TALKS}.md").read_text().split("\n").index("language: xx")
    assert f"{TALKS}.md:{number}: " in said
    assert "Traceback" not in said
    assert differing(before, contents(db.engine)) == []


def test_a_fault_that_only_the_database_can_see_is_named_and_nothing_is_loaded(
    load: Load, folder: Path
) -> None:
    """The newsroom has a story at the address of the last file of twelve."""
    with transaction():
        actions.start(Content(headline="Ours", slug=TALKS), by=Operator())
    before = contents(db.engine)
    said = load(exit_code=1)
    assert f"{TALKS}.md:12: Another story has the address" in said
    assert "Traceback" not in said
    assert differing(before, contents(db.engine)) == []
