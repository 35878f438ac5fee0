"""The portrait of an author: from the library, and seen while a live story is signed by the author."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.accounts.actors import Operator
from app.articles.actions import delete_picture
from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.core.edition import current
from app.core.errors import Conflict, NotAllowed, NotReady
from app.live.checking import findings
from app.live.models import ShownPortrait
from app.live.portraits import choose_portrait, rebuild_portraits, remove_portrait
from app.media.actions import (
    PictureTexts,
    describe,
    keep_photograph,
    replace_file,
    store_placeholder,
)
from app.media.development import develop_file
from app.media.models import Picture
from app.media.renditions import SQUARE
from app.publishing.actions import withdraw
from app.taxonomy.models import Author
from tests.media.photographs import encoded, photograph
from tests.reader.counting import statements
from tests.reader.test_hidden_pictures import answers
from tests.support.cast import Newsroom

TEXTS = PictureTexts("Brian at his desk", "Photo: Lena Vogt", "Brian, laughing")
PHOTOGRAPH = encoded(photograph((900, 700)))
PAGE = "/authors/brian-wellbrock"


def kept(instance: Path, folder: Path, width: int, texts: PictureTexts = TEXTS) -> Picture:
    """A photograph of this width in the library, with its sizes."""
    file = folder / f"{width}.jpg"
    file.write_bytes(encoded(photograph((width, 700))))
    developed = develop_file(file, instance)
    with transaction():
        return keep_photograph(developed, texts, by=Operator())


@pytest.fixture
def photo(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    return kept(instance, tmp_path, 900)


def brian(newsroom: Newsroom) -> Author:
    return db.session.get_one(Author, newsroom.author)


def choose(newsroom: Newsroom, picture: Picture, by: str = "amina") -> None:
    with transaction():
        choose_portrait(brian(newsroom), picture.id, by=newsroom.person(by))


def take_away(newsroom: Newsroom) -> None:
    with transaction():
        remove_portrait(brian(newsroom), by=newsroom.person("amina"))


def page(newsroom: Newsroom) -> str:
    return newsroom.visitor().get(PAGE).text


def test_readers_see_it_and_its_files_while_the_author_has_a_live_story(
    newsroom: Newsroom, photo: Picture
) -> None:
    first, second = newsroom.live_story(), newsroom.live_story(slug="second")
    before = page(newsroom)
    assert answers(newsroom, photo) == {410}
    choose(newsroom, photo)
    assert answers(newsroom, photo) == {200}
    assert 'alt="Brian, laughing"' in page(newsroom)
    assert "Photo: Lena Vogt" in page(newsroom)
    for story, status in ((first, 200), (second, 410)):
        with transaction():
            withdraw(story, by=newsroom.person("amina"))
        assert answers(newsroom, photo) == {status}
    newsroom.republish(second, slug="second")
    assert answers(newsroom, photo) == {200}
    newsroom.republish(second, slug="second", author_ids=(newsroom.second_author,))
    assert answers(newsroom, photo) == {410}
    newsroom.republish(first)
    newsroom.republish(second, slug="second")
    take_away(newsroom)
    assert answers(newsroom, photo) == {410}
    assert page(newsroom) == before
    assert list(findings()) == []


def test_the_page_names_small_squares_and_tells_machines(
    newsroom: Newsroom, photo: Picture, app: Flask
) -> None:
    newsroom.live_story()
    choose(newsroom, photo)
    square = app.config["STET"].base_url + photo.stored.file(SQUARE).url
    squares = photo.stored.srcset(SQUARE)
    with statements(app) as seen:
        found = app.test_client().get(PAGE).text
    assert len(seen) <= 5
    assert [each.split()[1] for each in squares.split(", ")] == [
        "128w",
        "256w",
        "384w",
    ]
    assert f'srcset="{squares}" sizes="8rem" width="700" height="700"' in found
    assert f'"image":{{"@type":"ImageObject","url":"{square}"' in found
    assert f'og:image" content="{square}"' in found
    assert 'name="twitter:card" content="summary"' in found


def test_other_words_about_it_are_on_the_page_at_once(newsroom: Newsroom, photo: Picture) -> None:
    newsroom.live_story()
    choose(newsroom, photo)
    assert "Brian, laughing" in page(newsroom)
    with transaction():
        describe(
            db.session.get_one(Picture, photo.id),
            PictureTexts("Brian", "Photo: Ada", "Brian, in thought"),
            by=Operator(),
        )
    assert "Brian, in thought" in page(newsroom)
    before = current()
    take_away(newsroom)
    with transaction():
        describe(db.session.get_one(Picture, photo.id), TEXTS, by=Operator())
    assert current() == before + 1  # no page shows it any more


def test_a_file_that_replaces_it_follows(
    newsroom: Newsroom, photo: Picture, instance: Path, tmp_path: Path
) -> None:
    newsroom.live_story()
    choose(newsroom, photo)
    former = photo.stored.file(SQUARE).url
    file = tmp_path / "other.jpg"
    file.write_bytes(encoded(photograph((1000, 800))))
    developed = develop_file(file, instance)
    with transaction():
        picture = db.session.get_one(Picture, photo.id)
        replace_file(picture, developed, instance, file_name="other.jpg", by=Operator())
    assert answers(newsroom, db.session.get_one(Picture, photo.id)) == {200}
    assert newsroom.visitor().get(former).status_code == 410
    assert former not in page(newsroom)


def test_while_it_is_a_portrait_it_cannot_be_deleted(newsroom: Newsroom, photo: Picture) -> None:
    choose(newsroom, photo)
    choose(newsroom, photo)  # once more changes nothing
    assert db.session.get_one(Picture, photo.id).uses == 1
    amina = newsroom.visitor("amina")
    address = f"/newsroom/pictures/{photo.id}"
    assert "Brian Wellbrock</a> <small>portrait</small>" in amina.get(address).text
    with pytest.raises(Conflict, match="portrait of an author"), transaction():
        delete_picture(db.session.get_one(Picture, photo.id), by=newsroom.person("amina"))
    take_away(newsroom)
    assert db.session.get_one(Picture, photo.id).uses == 0
    assert amina.post(f"{address}/delete").status_code == 303
    acts = select(AuditEntry.act, AuditEntry.note).where(AuditEntry.subject_kind == "author")
    told = [tuple(each) for each in db.session.execute(acts.order_by(AuditEntry.id))]
    assert told[-2:] == [("choose portrait", photo.short_name), ("remove portrait", "")]


def test_only_editors_choose_and_only_what_can_be_shown(
    newsroom: Newsroom, photo: Picture, instance: Path, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        choose(newsroom, photo, by="brian")
    with transaction():
        drawing = store_placeholder("hills", TEXTS, instance, by=Operator())
    nameless = kept(instance, tmp_path, 800, PictureTexts("", "", "A face"))
    for picture, words in ((drawing, "A drawing"), (nameless, "who made this picture")):
        with pytest.raises(NotReady, match=words):
            choose(newsroom, picture)
    assert brian(newsroom).portrait_id is None


def test_noted_files_that_are_wrong_are_found_and_mended(
    newsroom: Newsroom, photo: Picture
) -> None:
    newsroom.live_story()
    choose(newsroom, photo)
    with transaction() as session:
        session.execute(delete(ShownPortrait))
    assert list(findings()) == [
        "Readers do not get the present portrait of Brian Wellbrock; `stet live rebuild` mends that."
    ]
    with transaction():
        rebuild_portraits()
    assert list(findings()) == []
    assert answers(newsroom, photo) == {200}
