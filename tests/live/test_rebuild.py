"""`stet live rebuild` mends everything that `stet check` finds wrong with what readers see."""

import pytest
from sqlalchemy import text

from app.core.db import db, transaction
from app.live.checking import findings
from app.publishing.actions import withdraw
from tests.support.cast import Newsroom

PATH = "/politics/river-rises"


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM publication WHERE article_id = {id}", "is live, but readers do not see"),
        ("UPDATE publication SET html = '' WHERE article_id = {id}", "is live, but readers do"),
        ("DELETE FROM byline WHERE article_id = {id}", "is live, but readers do not see"),
        ("DELETE FROM story_link WHERE article_id = {id}", "is live, but readers do not see"),
    ],
)
def test_a_damaged_publication_is_printed_anew(
    newsroom: Newsroom, statement: str, finding: str
) -> None:
    newsroom.live_story(slug="other")
    story = newsroom.live_story(text="The river rose.\n\n::: related /politics/other Other")
    before = newsroom.visitor().get(PATH).text
    damage(statement.format(id=story.id))
    assert [finding in each for each in findings()] == [True]
    rebuild(newsroom, 2)
    assert list(findings()) == []
    assert newsroom.visitor().get(PATH).text == before


def test_readers_do_not_see_what_the_record_says_is_withdrawn(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    damage(f"UPDATE article SET withdrawn_at = published_at WHERE id = {story.id}")
    assert ["which is not live" in each for each in findings()] == [True]
    rebuild(newsroom, 0)
    assert list(findings()) == []
    assert newsroom.visitor().get(PATH).status_code == 404


def test_a_withdrawn_story_stays_away(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    rebuild(newsroom, 0)
    assert newsroom.visitor().get(PATH).status_code == 410


def test_translations_are_listed_as_before(newsroom: Newsroom) -> None:
    original = newsroom.live_story()
    newsroom.live_story(slug="russian", language="ru", original_id=original.id)
    shown = newsroom.visitor().get("/politics").text
    damage("UPDATE publication SET original_id = NULL")
    assert ["is not listed as its translations ask" in each for each in findings()] == [True]
    rebuild(newsroom, 2)
    assert list(findings()) == []
    assert newsroom.visitor().get("/politics").text == shown


def damage(statement: str) -> None:
    """Write to the database without the application."""
    db.session.rollback()
    with transaction() as session:
        session.execute(text(statement))
    db.session.remove()


def rebuild(newsroom: Newsroom, stories: int) -> None:
    db.session.remove()
    done = newsroom.app.test_cli_runner().invoke(args=["live", "rebuild"])
    assert (done.exit_code, done.output) == (0, f"Stories printed: {stories}\n")
