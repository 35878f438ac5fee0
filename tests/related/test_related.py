"""Related stories: similar, in both directions, only live ones. `stet check` finds wrong lists."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import func, select

from app.articles import actions as stories
from app.articles.models import Article
from app.core import clock
from app.core.db import db, transaction
from app.live.models import Publication, Related
from app.live.queries.stories import newest, story_at
from app.publishing.actions import publish_draft, withdraw
from app.related.checking import findings
from app.related.similarity import rare_word_weights
from app.transfer.demo import load_demo
from tests.search.conftest import damage
from tests.support.cast import Newsroom

NOON = datetime(2026, 3, 13, 12, tzinfo=UTC)
_hours = count()


def told(newsroom: Newsroom, headline: str, **fields: Any) -> Article:
    """A live story, an hour after the last one."""
    slug = headline.lower().replace(" ", "-")
    with clock.moved_to(NOON + timedelta(hours=next(_hours))):
        return newsroom.live_story(headline=headline, slug=slug, **fields)


def fill(newsroom: Newsroom, number: int = 16) -> None:
    """Stories without topics and with different words, so that rare and common words differ."""
    for each in range(number):
        told(newsroom, f"The page{each} of the paper{each}")


def related(article: Article) -> list[str]:
    """The headlines that the story names, in order."""
    db.session.rollback()
    story = story_at(db.session.get_one(Publication, article.id).path)
    assert story
    return [each.headline for each in story.related]


def found() -> list[str]:
    db.session.rollback()
    return list(findings())


def save(newsroom: Newsroom, article: Article, **fields: Any) -> None:
    draft = article.draft
    with transaction():
        content = newsroom.content(
            **{"headline": draft.headline, "slug": draft.slug, "topic_ids": draft.content.topic_ids}
            | fields
        )
        stories.save(article, content, based_on=draft.version, by=newsroom.person("amina"))


def republish(newsroom: Newsroom, article: Article) -> None:
    with transaction():
        publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))


def take_away(newsroom: Newsroom, article: Article) -> None:
    with transaction():
        withdraw(article, by=newsroom.person("amina"))


def test_a_shared_topic_relates_both_ways(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    older, newer = told(newsroom, "Older", **about), told(newsroom, "Newer", **about)
    other = told(newsroom, "Elsewhere", topic_ids=(newsroom.second_topic,))
    assert related(older) == ["Newer"]
    assert related(newer) == ["Older"]
    assert related(other) == []
    assert found() == []


def test_more_in_common_stands_first_and_far_away_last(newsroom: Newsroom) -> None:
    both = (newsroom.topic, newsroom.second_topic)
    with clock.moved_to(NOON - timedelta(days=4000)):
        newsroom.live_story(headline="Long ago", slug="long-ago", topic_ids=both)
    told(newsroom, "One topic", topic_ids=(newsroom.topic,))
    told(newsroom, "Two topics", topic_ids=both)
    latest = told(newsroom, "Latest", topic_ids=both)
    assert related(latest) == ["Two topics", "One topic", "Long ago"]


def test_two_telling_words_relate_and_one_or_common_ones_do_not(newsroom: Newsroom) -> None:
    fill(newsroom)
    first = told(newsroom, "The zeppelin over Karlsruhe")
    told(newsroom, "The zeppelin of the paper")
    told(newsroom, "The page of the paper")
    second = told(newsroom, "Wind", standfirst="A zeppelin lands far from Karlsruhe.")
    assert related(first) == ["Wind"]
    assert related(second) == ["The zeppelin over Karlsruhe"]


def test_words_of_the_text_and_of_other_languages_do_not_relate(newsroom: Newsroom) -> None:
    fill(newsroom)
    first = told(newsroom, "The zeppelin over Karlsruhe", topic_ids=(newsroom.topic,))
    told(newsroom, "Wind", text="A zeppelin lands far from Karlsruhe.")
    told(newsroom, "Zeppelin Karlsruhe", language="de", topic_ids=(newsroom.topic,))
    assert related(first) == []


def test_a_draft_and_what_only_it_says_are_never_named(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    live = told(newsroom, "Live", **about)
    newsroom.story(headline="Secret", slug="secret", **about)
    changed = told(newsroom, "Changed")
    save(newsroom, changed, headline="Changed in secret", **about)
    assert related(live) == []
    assert "secret" not in newsroom.visitor().get("/politics/live").text.lower()
    republish(newsroom, changed)
    assert related(live) == ["Changed in secret"]


def test_what_is_withdrawn_vanishes_and_comes_back(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    older, newer = told(newsroom, "Older", **about), told(newsroom, "Newer", **about)
    take_away(newsroom, newer)
    assert related(older) == []
    assert db.session.scalar(select(func.count()).select_from(Related)) == 0
    save(newsroom, newer, standfirst="Again.")
    republish(newsroom, newer)
    assert related(older) == ["Newer"]
    assert found() == []


def test_a_topic_that_is_taken_off_relates_no_more(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    older, newer = told(newsroom, "Older", **about), told(newsroom, "Newer", **about)
    save(newsroom, newer, topic_ids=())
    republish(newsroom, newer)
    assert (related(older), related(newer), found()) == ([], [], [])


def test_a_list_is_filled_again_when_it_grows_short(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    oldest = told(newsroom, "Oldest", **about)
    later = [told(newsroom, f"Later {number}", **about) for number in range(10)]
    assert related(oldest) == [f"Later {number}" for number in reversed(range(2, 10))]
    for article in later[4:]:
        take_away(newsroom, article)
    assert related(oldest) == ["Later 3", "Later 2", "Later 1", "Later 0"]
    assert found() == []


def test_a_list_is_filled_again_when_stories_turn_to_other_topics(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    oldest = told(newsroom, "Oldest", **about)
    later = [told(newsroom, f"Later {number}", **about) for number in range(10)]
    for article in later[4:]:
        save(newsroom, article, topic_ids=())
        republish(newsroom, article)
    assert related(oldest) == ["Later 3", "Later 2", "Later 1", "Later 0"]


def test_the_page_names_four_and_not_the_one_that_is_read_next(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    for number in range(6):
        told(newsroom, f"Story {number}", **about)
    page = newsroom.visitor().get("/politics/story-5").text
    shown = page[page.index('<ul class="link-list"') :].partition("</ul>")[0]
    assert [f"Story {number}" in shown for number in range(6)] == [True] * 4 + [False] * 2


def test_headlines_are_text(newsroom: Newsroom) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    newsroom.live_story(headline="<script>alert(1)</script>", slug="script", **about)
    newsroom.live_story(headline="Between", slug="between")
    newsroom.live_story(slug="shown", **about)
    page = newsroom.visitor().get("/politics/shown").text
    assert '<li><a class="quiet" href="/politics/script">&lt;script&gt;alert(1)' in page


def test_feeds_do_without_them(newsroom: Newsroom) -> None:
    told(newsroom, "Older", topic_ids=(newsroom.topic,))
    told(newsroom, "Newer", topic_ids=(newsroom.topic,))
    assert [story.related for story in newest()] == [(), ()]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM related", "has no related ones"),
        ("DELETE FROM publication WHERE article_id = {id}", "is not live"),
    ],
)
def test_damage_is_found_and_mended(newsroom: Newsroom, statement: str, finding: str) -> None:
    about: dict[str, Any] = {"topic_ids": (newsroom.topic,)}
    for number in range(3):
        article = told(newsroom, f"Story {number}", **about)
    assert found() == []
    damage(statement.format(id=article.id))
    assert any(finding in each for each in found()), found()
    done = newsroom.app.test_cli_runner().invoke(args=["related", "rebuild"])
    assert (done.exit_code, done.output[:17]) == (0, "Stories looked at")
    assert found() == []


def test_rebuilding_finds_what_publishing_found(newsroom: Newsroom) -> None:
    fill(newsroom, 6)
    for number in range(5):
        told(newsroom, f"River{number} story", topic_ids=(newsroom.topic,))
    held = select(Related.article_id, Related.other_id, Related.score).order_by(
        Related.article_id, Related.other_id
    )
    before = db.session.execute(held).all()
    assert newsroom.app.test_cli_runner().invoke(args=["related", "rebuild"]).exit_code == 0
    db.session.rollback()
    assert db.session.execute(held).all() == before


def test_demo_stories_are_related_by_topic_and_leave_lists_alone(newsroom: Newsroom) -> None:
    told(newsroom, "Older", topic_ids=(newsroom.topic,))
    newer = told(newsroom, "Newer", topic_ids=(newsroom.topic,))
    load_demo(120)
    load_demo(1)
    assert (related(newer), found()) == (["Older"], [])
    alone = select(func.count()).where(Article.id.not_in(select(Related.article_id)))
    assert (db.session.scalar(alone) or 0) < 60


def test_words_tell_by_how_rare_they_are() -> None:
    weights = rare_word_weights({"the": 100, "paper": 40, "river": 10, "zeppelin": 2, "gone": 0})
    assert set(weights) == {"river", "zeppelin"}
    assert 0.49 < weights["river"] < weights["zeppelin"] < 1
    assert rare_word_weights({"the": 3, "zeppelin": 1}) == {}
