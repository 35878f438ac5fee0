"""Which of several translations lists show, after everything that can happen to one of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import flask_migrate
import pytest
from sqlalchemy import text

from app.articles import actions
from app.articles.models import Article
from app.core.db import db, transaction
from app.core.errors import NotReady
from app.core.events import lists_changed
from app.live.checking import findings
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom

LISTS = ("/", "/politics", "/feeds/rss.xml", "/feeds/politics/rss.xml")


def live(newsroom: Newsroom, language: str, of: Article | None = None) -> Article:
    original_id = of.id if of else None
    return newsroom.live_story(
        slug=f"in-{language}",
        headline=f"In {language}",
        language=language,
        original_id=original_id,
    )


def change(newsroom: Newsroom, story: Article, **fields: Any) -> None:
    """Save and publish a story with these fields changed."""
    with transaction():
        by = newsroom.person("amina")
        content = replace(story.draft.content, **fields)
        actions.save(story, content, based_on=story.draft.version, by=by)
        publish_draft(story, version=story.draft.version, by=by)


def take_away(newsroom: Newsroom, story: Article) -> None:
    with transaction():
        withdraw(story, by=newsroom.person("amina"))


def refusal(newsroom: Newsroom, act: Callable[[], object]) -> str:
    """The message of the refusal. It has to be about the original and nothing else."""
    with pytest.raises(NotReady) as refused:
        act()
    assert list(refused.value.problems) == ["original_id"]
    return refused.value.problems["original_id"]


def listed(newsroom: Newsroom) -> set[str]:
    """The languages in lists. All lists agree, no story is hidden, and each names all the others."""
    reader = newsroom.visitor()
    pages = [reader.get(path).text for path in LISTS]
    languages = ("en", "ru", "ps", "de", "uk")
    found = [{each for each in languages if f"/politics/in-{each}" in page} for page in pages]
    assert all(each == found[0] for each in found)
    assert list(findings()) == []
    return found[0]


def named(newsroom: Newsroom, language: str) -> set[str]:
    """The languages that a story's page lists for search engines."""
    page = newsroom.visitor().get(f"/politics/in-{language}").text
    lines = [line for line in page.splitlines() if "<link" in line and "hreflang=" in line]
    return {line.split('hreflang="')[1].split('"')[0] for line in lines}


def test_when_the_original_goes_its_translation_stands_in_its_place(newsroom: Newsroom) -> None:
    english = live(newsroom, "en")
    live(newsroom, "ru", english)
    live(newsroom, "ps", english)
    heard: list[frozenset[str]] = []
    with lists_changed.connected_to(heard.append):
        take_away(newsroom, english)
    assert heard[-1] >= {"/", "/politics"}
    assert listed(newsroom) == {"ru"}
    for language in ("ru", "ps"):
        assert named(newsroom, language) == {"ru", "ps"}
    with transaction():
        publish_draft(english, version=1, by=newsroom.person("amina"))
    assert listed(newsroom) == {"en"}
    for language in ("en", "ru", "ps"):
        assert named(newsroom, language) == {"en", "ru", "ps"}


def test_a_translation_of_a_draft_is_listed_until_that_goes_live(newsroom: Newsroom) -> None:
    english = newsroom.story(slug="in-en")
    live(newsroom, "ru", english)
    assert listed(newsroom) == {"ru"}
    with transaction():
        publish_draft(english, version=1, by=newsroom.person("amina"))
    assert listed(newsroom) == {"en"}
    assert named(newsroom, "ru") == {"en", "ru"}


def test_an_original_that_becomes_a_translation_brings_its_own(newsroom: Newsroom) -> None:
    english = live(newsroom, "en")
    german = live(newsroom, "de")
    live(newsroom, "ru", german)
    assert listed(newsroom) == {"en", "de"}
    change(newsroom, german, original_id=english.id)
    assert listed(newsroom) == {"en"}
    for language in ("en", "de", "ru"):
        assert named(newsroom, language) == {"en", "de", "ru"}
    change(newsroom, german, original_id=None)
    assert listed(newsroom) == {"en", "de"}
    assert named(newsroom, "en") == set()
    assert named(newsroom, "ru") == {"de", "ru"}


def test_a_withdrawn_story_still_links_those_on_both_its_sides(newsroom: Newsroom) -> None:
    english = live(newsroom, "en")
    german = live(newsroom, "de", english)
    live(newsroom, "ru", german)
    take_away(newsroom, german)
    assert named(newsroom, "ru") == named(newsroom, "en") == {"en", "ru"}
    take_away(newsroom, english)
    assert listed(newsroom) == {"ru"}
    with transaction():
        publish_draft(english, version=1, by=newsroom.person("amina"))
    assert listed(newsroom) == {"en"}


def test_a_circle_is_refused(newsroom: Newsroom) -> None:
    english = live(newsroom, "en")
    german = live(newsroom, "de", english)
    russian = live(newsroom, "ru", german)
    said = refusal(newsroom, lambda: change(newsroom, english, original_id=russian.id))
    assert said.startswith("“In ru” at /politics/in-ru is itself a translation of this one.")
    assert listed(newsroom) == {"en"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_second_story_in_a_language_is_refused(newsroom: Newsroom, language: str) -> None:
    english = live(newsroom, "en")
    live(newsroom, "ru", english)
    story = newsroom.story(slug="another", language=language, original_id=english.id)
    by = newsroom.person("amina")
    said = refusal(newsroom, lambda: publish_draft(story, version=1, by=by))
    assert f"“In {language}” at /politics/in-{language} is this one in " in said
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/publication").text
    assert said in page
    assert "Publish now" not in page
    change(newsroom, story, original_id=None)  # by itself it may go live
    assert listed(newsroom) == {"en"}


def test_an_original_in_the_language_of_its_translation_is_refused(newsroom: Newsroom) -> None:
    english = live(newsroom, "en")
    live(newsroom, "ru", english)
    by = newsroom.person("amina")
    with transaction():
        content = replace(english.draft.content, language="ru")
        actions.save(english, content, based_on=1, by=by)
    said = refusal(newsroom, lambda: publish_draft(english, version=2, by=by))
    assert said.startswith("“In ru” at /politics/in-ru is this one in Русский (Russian) already.")
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{english.id}/publication").text
    assert said in page


def test_two_groups_with_a_language_in_common_stay_apart(newsroom: Newsroom) -> None:
    english, german = live(newsroom, "en"), live(newsroom, "de")
    live(newsroom, "ru", english)
    newsroom.live_story(slug="other", headline="Other", language="ru", original_id=german.id)
    said = refusal(newsroom, lambda: change(newsroom, german, original_id=english.id))
    assert "“In ru” at /politics/in-ru and “Other” at /politics/other" in said


def test_two_that_name_each_other_at_one_moment_make_no_circle(newsroom: Newsroom) -> None:
    stories = [live(newsroom, "en"), live(newsroom, "de")]
    by = newsroom.person("amina")
    for story, other in zip(stories, reversed(stories), strict=True):
        with transaction():
            content = replace(story.draft.content, original_id=other.id)
            actions.save(story, content, based_on=1, by=by)
    ids, start = [each.id for each in stories], Barrier(2)

    def go_live(article_id: int) -> str:
        with newsroom.app.app_context():
            start.wait()
            try:
                with transaction():
                    story = db.session.get_one(Article, article_id)
                    publish_draft(story, version=2, by=newsroom.person("amina"))
            except NotReady as refused:
                return refused.problems["original_id"]
            return "live"

    with ThreadPoolExecutor(2) as together:
        found = sorted(together.map(go_live, ids), key=len)
    db.session.rollback()
    assert found[0] == "live"
    assert "is itself a translation of this one" in found[1]
    assert len(listed(newsroom)) == 1


DAMAGE = (
    ("UPDATE publication SET original_id = NULL WHERE article_id = 2", "Story 2 is not listed as"),
    ("UPDATE publication SET original_id = 2 WHERE article_id = 1", "Story 1 is not listed as"),
    (
        """UPDATE revision SET content = replace(content, '"language":"ru"', '"language":"en"')""",
        "Stories 1 and 2 are live as",
    ),
)


@pytest.mark.parametrize(("statement", "finding"), DAMAGE)
def test_the_check_finds_what_is_not_so(newsroom: Newsroom, statement: str, finding: str) -> None:
    live(newsroom, "ru", live(newsroom, "en"))
    assert list(findings()) == []
    db.session.execute(text(statement))
    (found,) = (each for each in findings() if "readers do not see" not in each)
    assert found.startswith(finding)


def test_what_was_hidden_before_is_listed_by_the_migration(newsroom: Newsroom) -> None:
    english = live(newsroom, "en")
    live(newsroom, "ru", english)
    take_away(newsroom, english)
    db.session.remove()
    flask_migrate.downgrade(revision="0010", x_arg=["lossy=yes"])
    with transaction():  # as Stet left it before 0011
        db.session.execute(text("UPDATE article SET live_original_id = 1 WHERE id = 2"))
    db.session.remove()
    flask_migrate.upgrade()
    assert listed(newsroom) == {"ru"}
