"""Pictures are found by all their words, in every script, through an index."""

from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.accounts.actors import Operator
from app.core.db import db, transaction
from app.live.shown_pictures import is_shown_live
from app.media.actions import PictureTexts, describe, store_placeholder
from app.media.library import Library, PictureFilters, Show
from app.media.models import Picture
from app.media.rights import today
from app.media.words import findings
from tests.support.cast import Newsroom
from tests.support.many_pictures import many_pictures
from tests.support.plans import costs, gather_statistics

PICTURES = 2000
# Rows on PostgreSQL, instructions on SQLite: of a page without words, and of a search.
MOST = {"postgresql": (900, 3000), "sqlite": (30_000, 90_000)}


def library(newsroom: Newsroom, key: str = "amina") -> Library:
    return Library(newsroom.person(key), today(), is_shown_live())


def found(newsroom: Newsroom, words: str, key: str = "amina") -> list[int]:
    page = library(newsroom, key).page(PictureFilters(words=words))
    return [picture.id for picture in page.pictures]


def drawing(instance: Path, seed: str, caption: str = "", **texts: Any) -> Picture:
    with transaction():
        words = PictureTexts(caption, "", "", **texts)
        return store_placeholder(seed, words, instance, by=Operator())


@pytest.mark.parametrize(
    ("caption", "asked"),
    [
        ("Élections à Łódź", "elections"),
        ("Киев и Москва", "МОСКВА"),
        ("北京会谈", "京会"),
        ("Die Elbbrücke am Morgen", "brucke"),
        ("“Quoted” (twice)", "quoted twice"),
        ("100% of it", "100%"),
    ],
)
def test_any_script_is_found_in_any_case(
    newsroom: Newsroom, instance: Path, caption: str, asked: str
) -> None:
    wanted = drawing(instance, "one", caption).id
    drawing(instance, "two", "Something else")
    assert found(newsroom, asked) == [wanted]


def test_every_text_counts_and_former_words_do_not(newsroom: Newsroom, instance: Path) -> None:
    names = ("byline", "place", "source", "rights", "territories")
    picture = drawing(instance, "one", "Dusk", **{name: f"its{name}" for name in names})
    for name in names:
        assert found(newsroom, f"dusk its{name}") == [picture.id], name
    with transaction():
        now = db.session.get_one(Picture, picture.id)
        describe(now, PictureTexts("Dawn", "Lena Vogt", "A bridge"), by=Operator())
    assert found(newsroom, "dawn vogt bridge") == [picture.id]
    assert found(newsroom, "itsplace") == []
    assert found(newsroom, "dawn", "brian") == []
    assert list(findings()) == []
    db.session.execute(text("UPDATE picture_entry SET folded = 'x'"))
    db.session.commit()
    assert len(list(findings())) == 1
    assert newsroom.app.test_cli_runner().invoke(args=["media", "words"]).exit_code == 0
    db.session.rollback()
    assert list(findings()) == []


def test_no_page_reads_all_pictures(newsroom: Newsroom, instance: Path) -> None:
    rare = drawing(instance, "rare", "Zweckverbandsversammlung").id
    many_pictures(PICTURES)
    gather_statistics()
    shelf, most = library(newsroom), MOST[db.engine.dialect.name]
    assert found(newsroom, "verbandsversamm") == [rare]
    shows = (Show.ALL, Show.WITHOUT_CREDIT, Show.ENDING, Show.UNUSED, Show.MINE)
    for show, words in product(shows, ("", "zweckverband", "bridge")):
        for before in (None, PICTURES // 2):
            filters = PictureFilters(show, words, before=before)
            for cost, statement in costs(newsroom.app, partial(shelf.page, filters), ["picture"]):
                assert cost <= most[bool(words)], (filters, cost, statement)
    for cost, statement in costs(newsroom.app, shelf.counts, ["picture"]):
        assert cost <= most[1], (cost, statement)
