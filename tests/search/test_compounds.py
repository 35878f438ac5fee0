"""Initials and words with a half-space are found however they are written, on both databases."""

import flask_migrate
import pytest
from sqlalchemy import Connection, delete, select, text

from app.core.db import db, transaction
from app.search import checking, engines
from app.search.models import SearchEntry, SearchWord
from app.search.queries import find
from app.search.ranking import SearchFilters
from app.search.words import indexed_words, query_words, words_of
from tests.search.test_find import highlighted
from tests.support.cast import Newsroom

ANYWHERE = SearchFilters()
# What a story says, and queries that find it.
FOUND = (
    ("Talks with the U.S. go on", ("US", "U.S.", "u.s", "us talks", "U. S.")),
    ("Talks with the US go on", ("US", "U.S.", "U. S.")),
    ("The U.N.’s envoy", ("UN", "U.N.", "un envoy")),
    ("A U.S.-led mission of the U.S.A.", ("US-led", "USA", "U.S.A.")),
    ("J.K. Rowling spoke", ("J. K. Rowling", "JK Rowling", "J K Rowling", "rowling j.k.")),
    ("J. K. Rowling spoke", ("J.K. Rowling", "JK Rowling")),
    ("С.С.С.Р. и США", ("СССР", "с.с.с.р.")),
    ("آنها می‌خواهند بروند", ("می خواهند", "می‌خواهند", "میخواهند")),
    ("آنها می خواهند بروند", ("می خواهند", "می‌خواهند")),
    ("آنها میخواهند بروند", ("می‌خواهند", "میخواهند")),
    ("Mos\ufeffcow and \ufeffKabul", ("moscow", "kabul", "Mos\ufeffcow")),
    ("Donau\u00addampf", ("donaudampf", "Donau\u00addampf")),
    ("\u200eMoscow\u200f, \u2066Kabul\u2069", ("moscow kabul",)),
)
NOT_FOUND = (
    ("Talks with the U.S. go on", ("USA", "UN")),
    ("Vitamin B. Use it", ("bu", "us")),
)


BEFORE = "0025"  # the version of the database before the index had compounds


def entries() -> list[tuple[int, str]]:
    db.session.rollback()
    db.session.expire_all()
    return [(each.id, each.terms) for each in db.session.scalars(select(SearchEntry))]


def forget(connection: Connection, terms: set[str]) -> None:
    """Take these terms out of the index, as if it had never had them."""
    rows = connection.execute(select(SearchEntry.id, SearchEntry.terms)).mappings().all()
    left = [
        {"id": row["id"], "terms": " ".join(sorted(set(row["terms"].split(" ")) - terms))}
        for row in rows
    ]
    engines.remove_rows(connection, [dict(row) for row in rows])
    connection.execute(text("UPDATE search_entry SET terms = :terms WHERE id = :id"), left)
    engines.add_rows(connection, left)
    connection.execute(delete(SearchWord).where(SearchWord.word.in_(terms)))


def found(query: str) -> int:
    db.session.rollback()
    return find(query, ANYWHERE).total


@pytest.mark.parametrize(("said", "queries"), FOUND)
def test_what_is_found(newsroom: Newsroom, said: str, queries: tuple[str, ...]) -> None:
    newsroom.live_story(text=said)
    newsroom.live_story(slug="other", text="Rain.")
    assert {query: found(query) for query in queries} == dict.fromkeys(queries, 1)
    assert list(checking.findings()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("said", "queries"), NOT_FOUND)
def test_what_is_not_found(newsroom: Newsroom, said: str, queries: tuple[str, ...]) -> None:
    newsroom.live_story(text=said)
    assert {query: found(query) for query in queries} == dict.fromkeys(queries, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_found_is_marked(newsroom: Newsroom) -> None:
    newsroom.live_story(headline="The U.S. envoy", text="می‌خواهند")
    (hit,) = find("US envoy", ANYWHERE).hits
    assert highlighted(hit.headline) == ["U.S.", "envoy"]
    (hit,) = find("می خواهند", ANYWHERE).hits
    assert highlighted(hit.snippet) == ["می‌خواهند"]


def test_the_words_of_a_compound() -> None:
    assert words_of("The U.S. and می‌خواهند") == ["the", "us", "and", "میخواهند"]
    assert indexed_words("U.S. می‌خواهند") == {"us", "u", "s", "می", "خواهند", "میخواهند"}
    assert query_words("U.S. now") == [("u", "us"), ("s", "us"), ("now", "")]


def test_stories_that_were_live_before_the_upgrade_are_found(newsroom: Newsroom) -> None:
    newsroom.live_story(headline="The U.S. envoy", text="Mos\ufeffcow می‌خواهند.\n\n- of the U.N.")
    before = entries()
    with transaction() as session:  # as the index was made before: without the new words
        forget(session.connection(), {"us", "=us", "un", "moscow", "می", "خواهند"})
    assert found("US") == 0
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    flask_migrate.upgrade()
    assert entries() == before
    assert list(checking.findings()) == []
    assert [found(query) for query in ("US", "UN", "moscow", "می خواهند")] == [1, 1, 1, 1]
