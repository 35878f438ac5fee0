"""Authors and topics: a name that is new becomes one, a name that is known stays one."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actors import Operator
from app.core import edition
from app.core.db import db, transaction
from app.core.errors import Conflict, NotFound, NotReady
from app.core.events import author_renamed, lists_changed
from app.core.slugs import is_slug
from app.newsroom.forms.names import names
from app.taxonomy.actions import (
    add_author,
    add_category,
    add_topic,
    authors_named,
    revise_author,
    topics_named,
)
from app.taxonomy.models import Author, Topic
from app.taxonomy.queries import author_at, author_ids, topic_at, topic_ids
from tests.support.cast import Newsroom

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def authors(*names: str) -> list[Author]:
    with transaction():
        return authors_named(names, by=Operator())


def count(kind: type[Author | Topic]) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(kind)).one()


def test_known_names_are_found_in_any_case_and_new_ones_added_in_their_order(
    newsroom: Newsroom,
) -> None:
    found = authors("Zoë Ångström", "lena VOGT", "Zoë ångström", "Brian Wellbrock")
    assert [each.name for each in found] == ["Zoë Ångström", "Lena Vogt", "Brian Wellbrock"]
    assert [each.id for each in found[1:]] == [newsroom.second_author, newsroom.author]
    assert count(Author) == 3
    with transaction():
        topics = topics_named(["Tides", "rivers", "TIDES"], by=Operator())
    assert [each.name for each in topics] == ["Tides", "Rivers"]
    assert count(Topic) == 3


# Each line is one name, written in several ways.
ONE_NAME = (
    ("Ирина Петрова", "ирина петрова", "ИРИНА ПЕТРОВА"),
    ("Élections", "élections", "E\u0301LECTIONS"),
    ("Jane Doe", "Jane\u200b Doe", "\u200eJane Doe\u200f", "Jane\u00a0Doe", "Ja\u00adne  Doe"),
    ("O’Brien", "O'Brien", "Oʼbrien", "O´Brien"),
    ("Anne-Marie", "Anne\u2011Marie", "Anne–Marie"),
    ("Strauß", "STRAUSS", "strauss"),
    ("İstanbul", "istanbul", "ISTANBUL"),
    ("ΝΊΚΟΣ", "Νίκος"),
    ("علی کریمی", "علي كريمي"),
    ("ＮＡＴＯ", "nato"),
)
TWO_NAMES = (("Zoë", "Zoe"), ("河水", "上涨"), ("Müller", "Mueller"), ("Jane Doe", "Janedoe"))


@pytest.mark.parametrize("written", ONE_NAME)
def test_a_name_is_one_however_it_is_written(newsroom: Newsroom, written: tuple[str, ...]) -> None:
    found = {each.id for name in written for each in authors(name)}
    assert len(found) == 1
    assert set(author_ids(written).values()) == found
    assert len(authors(*written)) == 1
    with transaction():
        assert len(topics_named(written, by=Operator())) == 1
    assert count(Author) == 3


@on_sqlite
@pytest.mark.parametrize("names", TWO_NAMES)
def test_two_names_stay_two(newsroom: Newsroom, names: tuple[str, ...]) -> None:
    assert len(authors(*names)) == 2


def test_two_people_who_add_one_name_at_once_add_it_once(newsroom: Newsroom) -> None:
    with pytest.raises(Conflict), transaction():
        add_author("another-address", "LENA\u2060 Vogt", by=Operator())
    with pytest.raises(Conflict), transaction():
        add_topic("another-address", "RIVERS", by=Operator())
    with pytest.raises(Conflict), transaction():
        add_category("another-address", "POLITICS", by=Operator())


@on_sqlite
def test_a_name_that_cannot_be_seen_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(NotReady, match="can be seen"):
        authors("\u200b\u200e")
    assert names("Lena\n\u200b\n\u2060\ufeff\nBrian") == ["Lena", "Brian"]


def test_the_longest_names_are_told_apart(newsroom: Newsroom) -> None:
    """One character can become eighteen when it is folded, and an index does not hold keys of any length."""
    long = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 119
    found = authors(long + "a", long + "b", long + "A")
    assert len(found) == 2


@on_sqlite
def test_names_that_make_one_address_are_numbered(newsroom: Newsroom) -> None:
    found = authors("Lena Vogt!", "Lena-Vogt", "x" * 120, f"{'x' * 119}y")
    assert [each.slug for each in found[:2]] == ["lena-vogt-2", "lena-vogt-3"]
    assert len({each.slug for each in found}) == 4
    assert all(is_slug(each.slug) and len(each.slug) <= 80 for each in found)


@on_sqlite
def test_a_name_that_makes_no_address_has_one_all_the_same(newsroom: Newsroom) -> None:
    one, other = authors("さくら", "ひかり")
    assert one.slug != other.slug
    for each in (one, other):
        assert is_slug(each.slug)
        assert each.slug.startswith("author-")
        assert author_at(each.slug).name == each.name


@on_sqlite
def test_an_address_that_cannot_be_one_is_refused(newsroom: Newsroom) -> None:
    for add in (add_author, add_topic):
        with pytest.raises(NotReady, match="cannot be an address"), transaction():
            add("Lena Vogt", "L. Vogt", by=Operator())
    assert (count(Author), count(Topic)) == (2, 2)


def test_no_two_have_an_address_in_common(newsroom: Newsroom) -> None:
    with pytest.raises(Conflict), transaction():
        add_author("lena-vogt", "Another Lena", by=Operator())
    with pytest.raises(Conflict), transaction():
        add_topic("rivers", "Other rivers", by=Operator())
    assert (count(Author), count(Topic)) == (2, 2)


def test_a_new_name_alone_is_nothing_that_readers_see(newsroom: Newsroom) -> None:
    before = edition.current()
    authors("Noor Haddad")
    with transaction():
        topics_named(["Tides"], by=Operator())
    assert edition.current() == before
    for path in ("/authors/noor-haddad", "/topics/tides"):
        assert newsroom.visitor().get(path).status_code == 404


def test_ids_are_found_for_the_names_that_are_known(newsroom: Newsroom) -> None:
    known = author_ids(["brian wellbrock", "Nobody", "Lena Vogt"])
    assert known == {"brian wellbrock": newsroom.author, "Lena Vogt": newsroom.second_author}
    assert topic_ids(["Rivers", "Tides"]) == {"Rivers": newsroom.topic}
    assert author_ids([]) == {}


def test_what_is_at_no_address_is_not_found(newsroom: Newsroom) -> None:
    assert topic_at("rivers").id == newsroom.topic
    with pytest.raises(NotFound):
        topic_at("tides")
    with pytest.raises(NotFound):
        author_at("rivers")


def revise(newsroom: Newsroom, name: str, about: str) -> tuple[list[Any], list[Any]]:
    """Revise the first author; whom the signals named that were sent."""
    renamed: list[Any] = []
    changed: list[Any] = []
    brian = db.session.get_one(Author, newsroom.author)
    with (
        author_renamed.connected_to(renamed.append),
        lists_changed.connected_to(changed.append),
        transaction(),
    ):
        revise_author(brian, name, about, by=newsroom.person("amina"))
    return renamed, changed


def test_a_renamed_author_keeps_the_address_and_everybody_is_told(newsroom: Newsroom) -> None:
    before = edition.current()
    renamed, _ = revise(newsroom, "B. Wellbrock", "")
    assert renamed == [newsroom.author]
    assert author_at("brian-wellbrock").name == "B. Wellbrock"
    assert edition.current() == before + 1


def test_what_an_author_says_of_themselves_changes_their_own_list(newsroom: Newsroom) -> None:
    renamed, changed = revise(newsroom, "Brian Wellbrock", "Writes of rivers.")
    assert renamed == []
    assert changed == [frozenset(("/authors/brian-wellbrock",))]
    assert author_at("brian-wellbrock").about == "Writes of rivers."
