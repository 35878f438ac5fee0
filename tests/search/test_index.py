"""The index is what is live, after every act; what disagrees is found, and `stet search rebuild` mends it."""

from contextlib import suppress
from dataclasses import replace

import flask_migrate
import pytest
from sqlalchemy import func, select, text

from app.articles import actions as stories
from app.articles.models import Article, Revision
from app.core.db import db, transaction
from app.core.errors import StetError
from app.live.models import Publication
from app.publishing.actions import publish_draft, withdraw
from app.search.models import SearchEntry, SearchWord
from app.search.queries import find
from app.search.ranking import SearchFilters
from app.search.sources import BATCH
from app.taxonomy.actions import revise_author
from app.taxonomy.models import Author
from app.transfer.demo import load_demo
from tests.reader.counting import statements
from tests.search.conftest import Findings, damage
from tests.support.cast import Newsroom

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def total(query: str) -> int:
    db.session.rollback()
    return find(query, SearchFilters()).total


def rewrite(newsroom: Newsroom, article: Article, text: str) -> None:
    """Save a draft with another text."""
    with transaction():
        content = newsroom.content(text, headline=text, slug=article.draft.slug)
        stories.save(article, content, based_on=article.draft.version, by=newsroom.person("amina"))


def republish(newsroom: Newsroom, article: Article) -> None:
    with transaction():
        publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))


def test_the_index_follows_every_act(newsroom: Newsroom, found: Findings) -> None:
    newsroom.live_story(slug="another", text="Shared words.")
    article = newsroom.live_story(text="Firstword and shared.")
    assert (total("firstword"), total("shared"), found()) == (1, 2, [])
    rewrite(newsroom, article, "Secondword and shared.")
    assert (total("firstword"), total("secondword"), found()) == (1, 0, [])
    republish(newsroom, article)
    assert (total("firstword"), total("secondword"), found()) == (0, 1, [])
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    assert (total("secondword"), total("shared"), found()) == (0, 1, [])
    rewrite(newsroom, article, "Thirdword.")
    republish(newsroom, article)
    assert (total("secondword"), total("thirdword"), found()) == (0, 1, [])


def test_a_story_that_moves_is_found_in_its_new_section(
    newsroom: Newsroom, found: Findings
) -> None:
    article = newsroom.live_story()
    with transaction():
        content = newsroom.content(category_id=newsroom.culture, slug="moved")
        stories.save(article, content, based_on=1, by=newsroom.person("amina"))
    republish(newsroom, article)
    assert find("river", SearchFilters(newsroom.politics)).total == 0
    assert find("river", SearchFilters(newsroom.culture)).total == 1
    assert found() == []


def test_signs_that_stand_for_words_are_found_as_these(newsroom: Newsroom, found: Findings) -> None:
    newsroom.live_story(headline="Stet™ opens № 5 at 30 ℃")
    for typed in ("stet", "no", "№", "NO 5", "Stet™", "30 C", "℃"):
        assert total(typed) == 1, typed
    assert found() == []


def test_an_index_with_capitals_is_mended_by_the_upgrade(
    newsroom: Newsroom, found: Findings
) -> None:
    """Before migration 0010 such signs left capitals, which SQLite's full-text table makes small."""
    newsroom.live_story(headline="The house at № 5")
    db.session.remove()
    flask_migrate.downgrade(revision="0009")
    damage("UPDATE search_entry SET terms = replace(replace(terms, '=no', '=No'), ' no ', ' No ')")
    damage("UPDATE search_word SET word = 'No' WHERE word = 'no'")
    capitals = "SELECT count(*) FROM search_word WHERE word = 'No'"
    assert db.session.execute(text(capitals)).scalar_one() == 1
    db.session.remove()
    flask_migrate.upgrade()
    assert (total("no"), found()) == (1, [])


def test_an_author_is_found_by_the_new_name(newsroom: Newsroom, found: Findings) -> None:
    newsroom.live_story()
    newsroom.live_story(slug="hers", author_ids=(newsroom.second_author,))
    with transaction():
        author = db.session.get_one(Author, newsroom.second_author)
        revise_author(author, "Lena Vogt-Zanini", "", by=newsroom.person("dana"))
    assert (total("zanini"), total("vogt"), found()) == (1, 1, [])


def test_an_author_of_very_many_stories_is_renamed_batch_by_batch(
    newsroom: Newsroom, found: Findings
) -> None:
    """PostgreSQL takes no more than 65,535 parameters with one statement."""
    load_demo(BATCH + 20)
    author_id = newsroom.second_author
    damage(f"UPDATE byline SET author_id = {author_id} WHERE position = 0")
    for revision in db.session.scalars(select(Revision)):
        revision.content = replace(revision.content, author_ids=(author_id,))
    db.session.commit()
    rebuild(newsroom)
    with statements(newsroom.app) as seen, transaction():
        author = db.session.get_one(Author, author_id)
        revise_author(author, "Lena Zanini", "", by=newsroom.person("dana"))
    assert max(len(given) for asked, given in seen if asked.startswith("SELECT")) <= BATCH
    assert db.session.get_one(SearchWord, "zanini").stories == BATCH + 20
    assert found() == []


def test_what_is_rolled_back_is_not_found(newsroom: Newsroom, found: Findings) -> None:
    article = newsroom.story(text="Neverpublished.")
    with suppress(StetError), transaction():
        publish_draft(article, version=1, by=newsroom.person("amina"))
        assert find("neverpublished", SearchFilters()).total == 1
        raise StetError("something after it failed")
    assert (total("neverpublished"), found()) == (0, [])


def test_words_that_no_live_story_has_any_more_are_forgotten(newsroom: Newsroom) -> None:
    article = newsroom.live_story(text="Rareword here.")
    newsroom.live_story(slug="other", text="Nothing rare here.")
    held = select(SearchWord.word, SearchWord.stories).where(
        SearchWord.word.in_(["rareword", "here", "rare"])
    )
    assert dict(db.session.execute(held).all()) == {"rareword": 1, "here": 2, "rare": 1}
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    assert dict(db.session.execute(held).all()) == {"here": 1, "rare": 1}


def test_a_giant_story_can_be_published(newsroom: Newsroom, found: Findings) -> None:
    """PostgreSQL holds at most a megabyte of words for one row."""
    signs = "абвгдежзиклмнопрстуфхцчшщэюя"
    words = [
        f"{signs[n % 28]}{signs[n // 28 % 28]}{signs[n // 784 % 28]}{n}слово" for n in range(30_000)
    ]
    lines = (" ".join(words[start : start + 500]) for start in range(0, len(words), 500))
    newsroom.live_story(text="\n\n".join((*lines, "x" * 5000)))
    assert total("абв") == 0
    assert total("ааа0слово") == 1
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM search_entry WHERE article_id = {id}", "does not know story {id}"),
        ("UPDATE search_entry SET terms = 'lies' WHERE article_id = {id}", "know story {id}"),
        ("UPDATE search_entry SET id = id + 67108864 WHERE article_id = {id}", "know story {id}"),
        ("DELETE FROM publication WHERE article_id = {id}", "which is not live"),
        ("UPDATE publication SET headline = 'Other' WHERE article_id = {id}", "know story {id}"),
        ("UPDATE search_word SET stories = 9 WHERE word = 'river'", "counted"),
        ("DELETE FROM search_word WHERE word = 'river'", "counted"),
        ("INSERT INTO search_word (word, stories) VALUES ('spook', 1)", "counted"),
    ],
)
def test_damage_is_found_and_mended(
    newsroom: Newsroom, found: Findings, statement: str, finding: str
) -> None:
    article = newsroom.live_story()
    newsroom.live_story(slug="other", headline="Other words")
    assert found() == []
    damage(statement.format(id=article.id))
    assert any(finding.format(id=article.id) in each for each in found()), found()
    rebuild(newsroom)
    assert found() == []


@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO search_index (search_index, rowid, terms)"
        " SELECT 'delete', id, terms FROM search_entry WHERE article_id = {id}",
        "INSERT INTO search_index (rowid, terms) VALUES (7, 'river')",
        "DELETE FROM search_index_data WHERE id > 10",
        "UPDATE search_index_data SET block = x'00' WHERE id > 10",
        "INSERT INTO search_index (search_index) VALUES ('delete-all')",
        "DROP TABLE search_index",
    ],
)
def test_a_damaged_full_text_table_is_found_and_mended(
    newsroom: Newsroom, found: Findings, statement: str
) -> None:
    article = newsroom.live_story()
    damage(statement.format(id=article.id))
    assert any("full-text table" in each for each in found()), found()
    rebuild(newsroom)
    assert found() == []
    assert total("river") == 1


def rebuild(newsroom: Newsroom) -> None:
    db.session.rollback()
    live = db.session.scalar(select(func.count()).select_from(Publication))
    done = newsroom.app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert (done.exit_code, done.output) == (0, f"Stories that readers can find: {live}\n")


def test_rebuilding_makes_what_publishing_made(newsroom: Newsroom, found: Findings) -> None:
    newsroom.live_story()
    load_demo(120)
    held = select(SearchEntry.id, SearchEntry.article_id, SearchEntry.terms).order_by(
        SearchEntry.id
    )
    words = select(SearchWord.word, SearchWord.stories).order_by(SearchWord.word)
    before = [db.session.execute(each).all() for each in (held, words)]
    rebuild(newsroom)
    assert [db.session.execute(each).all() for each in (held, words)] == before
    assert found() == []
