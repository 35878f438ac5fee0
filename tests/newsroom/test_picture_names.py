"""A text calls its pictures by short names, which the picture library shows; bodies store numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles.models import Article, Draft
from app.body.html import picture_ids
from app.core.db import db, transaction
from app.media.actions import PictureTexts, describe, store_placeholder
from app.media.models import Picture
from tests.support.cast import Newsroom, fields_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIGURE = "Text.\n\n::: figure {}\nalt: A bridge\ncredit: Lena Vogt\nThe bridge\n:::\n"


def stored(instance: Path, seed: str, caption: str = "") -> Picture:
    with transaction():
        return store_placeholder(seed, PictureTexts(caption, "", ""), instance, by=Operator())


def save(newsroom: Newsroom, key: str, story: Article, body: str) -> tuple[int, str]:
    """The answer to saving a text: its status, and the page that it shows or leads to."""
    visitor, path = newsroom.visitor(key), f"/newsroom/articles/{story.id}"
    fields = fields_of(visitor.get(path).text) | {"body": body}
    answer = visitor.post(f"{path}/draft", fields)
    return answer.status_code, answer.text if answer.status_code == 422 else visitor.get(path).text


def shown_in(story: Article) -> list[int]:
    db.session.rollback()
    content = db.session.scalars(select(Draft.content).where(Draft.article_id == story.id)).one()
    return list(picture_ids(content.body))


def test_names_come_from_the_caption_and_are_told_apart(newsroom: Newsroom, instance: Path) -> None:
    captions = ("Lavrov, Kabul", "Lavrov: Kabul", "Лавров", "2016", "", "")
    names = [stored(instance, str(at), each).short_name for at, each in enumerate(captions)]
    assert names == [
        "lavrov-kabul",
        "lavrov-kabul-2",
        "lavrov",
        "picture-2016",
        "picture",
        "picture-2",
    ]
    long = stored(instance, "long", "The foreign minister arrives at the palace of the president")
    assert long.short_name == "the-foreign-minister-arrives-at-the"


@on_sqlite
def test_a_name_stays_when_the_caption_changes(newsroom: Newsroom, instance: Path) -> None:
    picture = stored(instance, "one", "A bridge")
    with transaction():
        describe(picture, PictureTexts("A river", "", ""), by=newsroom.person("amina"))
    page = newsroom.visitor("amina").get(f"/newsroom/pictures/{picture.id}").text
    assert "::: figure a-bridge" in page
    assert picture.short_name == "a-bridge"


@on_sqlite
@pytest.mark.parametrize("written", ["{0.short_name}", "A-Bridge", "{0.id}"])
def test_a_figure_is_written_by_name_and_stored_by_number(
    newsroom: Newsroom, instance: Path, written: str
) -> None:
    picture = stored(instance, "one", "A bridge")
    story = newsroom.story()
    status, page = save(newsroom, "amina", story, FIGURE.format(written.format(picture)))
    assert (status, shown_in(story)) == (303, [picture.id])
    assert "::: figure a-bridge" in page


@on_sqlite
def test_a_name_that_nothing_has_is_refused_with_its_line(newsroom: Newsroom) -> None:
    story = newsroom.story()
    status, page = save(newsroom, "amina", story, FIGURE.format("a-brigde"))
    assert status == 422
    assert "Line 3: there is no picture called “a-brigde”; its page under Pictures shows" in page
    assert "::: figure a-brigde" in page
    assert shown_in(story) == []


@on_sqlite
def test_a_contributor_names_pictures_that_the_story_shows_and_no_others(
    newsroom: Newsroom, instance: Path
) -> None:
    """Another's is refused like one that is missing, so that nobody can try names."""
    stored(instance, "one", "A bridge")
    story = newsroom.story("brian")
    text = FIGURE.format("a-bridge")
    _, refused = save(newsroom, "brian", story, text)
    _, missing = save(newsroom, "brian", story, FIGURE.format("a-river"))
    assert "there is no picture called “a-bridge”" in refused
    assert missing.replace("a-river", "a-bridge").count("a-bridge") == refused.count("a-bridge")
    assert save(newsroom, "amina", story, text)[0] == 303
    assert save(newsroom, "brian", story, f"{text}\nMore.")[0] == 303


@on_sqlite
def test_a_clash_shows_the_names(newsroom: Newsroom, instance: Path) -> None:
    stored(instance, "one", "A bridge")
    story = newsroom.story()
    amina, path = newsroom.visitor("amina"), f"/newsroom/articles/{story.id}"
    opened = fields_of(amina.get(path).text)
    save(newsroom, "amina", story, "Another text.")
    answer = amina.post(f"{path}/draft", opened | {"body": FIGURE.format("a-bridge")})
    assert answer.status_code == 409
    assert answer.text.count("::: figure a-bridge") == 2
