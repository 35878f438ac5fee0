"""Acts on people, sections, names and pictures need the permissions in the table, as acts on stories do."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.accounts.actions import add_person, change_role, make_sign_in_link, set_password
from app.accounts.actors import Operator
from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, Role, reach
from app.articles.actions import delete_picture
from app.audit.models import AuditEntry
from app.core.config import Settings
from app.core.db import db, transaction
from app.core.errors import NotAllowed
from app.media.actions import (
    PictureTexts,
    keep_photograph,
    renew_renditions,
    replace_file,
    store_placeholder,
)
from app.media.development import Photograph, develop_file
from app.media.models import Picture
from app.taxonomy.actions import (
    add_author,
    add_category,
    add_topic,
    authors_named,
    revise_author,
    revise_category,
    topics_named,
)
from app.taxonomy.models import Author, Category
from tests.support.cast import PEOPLE, Newsroom
from tests.support.contents import contents, differing

WORDS = PictureTexts(caption="", credit="", alt="Hills")


def jonas() -> Person:
    return db.session.scalars(select(Person).where(Person.name == "Jonas Keller")).one()


def politics() -> Category:
    return db.session.scalars(select(Category).where(Category.slug == "politics")).one()


def lena() -> Author:
    return db.session.scalars(select(Author).where(Author.slug == "lena-vogt")).one()


def drawing() -> Picture:
    return db.session.scalars(select(Picture)).one()


def jonass() -> Picture:
    """The drawing, as one that Jonas has added."""
    found = drawing()
    found.added_by_id = jonas().id
    return found


class Files(NamedTuple):
    """The instance folder, and a photograph that was developed into it and has no row yet."""

    folder: Path
    photograph: Photograph


Doing = Callable[[Files, Person], object]
DOINGS: dict[str, tuple[Act, Doing]] = {
    "add a person": (
        Act.MANAGE_PEOPLE,
        lambda _, by: add_person("noor@news.example.com", "Noor", Role.ADMIN, by=by),
    ),
    "change a role": (Act.MANAGE_PEOPLE, lambda _, by: change_role(jonas(), Role.ADMIN, by=by)),
    "make a sign-in link": (Act.MANAGE_PEOPLE, lambda _, by: make_sign_in_link(jonas(), by=by)),
    "set a password": (
        Act.SET_PASSWORD,
        lambda _, by: set_password(jonas(), "three mild rivers", by=by),
    ),
    "add a section": (Act.MANAGE_SECTIONS, lambda _, by: add_category("sport", "Sport", by=by)),
    "rename a section": (
        Act.MANAGE_SECTIONS,
        lambda _, by: revise_category(politics(), "World", "", 0, by=by),
    ),
    "add a topic": (Act.ADD_NAMES, lambda _, by: add_topic("tides", "Tides", by=by)),
    "name a new topic": (Act.ADD_NAMES, lambda _, by: topics_named(["Tides"], by=by)),
    "add an author": (Act.ADD_NAMES, lambda _, by: add_author("noor", "Noor", by=by)),
    "name a new author": (Act.ADD_NAMES, lambda _, by: authors_named(["Noor"], by=by)),
    "rename an author": (Act.REVISE_AUTHORS, lambda _, by: revise_author(lena(), "L", "", by=by)),
    "store a drawing": (
        Act.ADD_PICTURES,
        lambda files, by: store_placeholder("river", WORDS, files.folder, by=by),
    ),
    "store a photograph": (
        Act.ADD_PICTURES,
        lambda files, by: keep_photograph(files.photograph, WORDS, by=by),
    ),
    "replace a file": (
        Act.REPLACE_PICTURES,
        lambda files, by: replace_file(
            drawing(), files.photograph, files.folder, file_name="", by=by
        ),
    ),
    "delete a picture": (Act.DELETE_PICTURES, lambda _, by: delete_picture(jonass(), by=by)),
    "make sizes anew": (
        Act.REVISE_PICTURES,
        lambda files, by: renew_renditions(drawing(), "", by=by),
    ),
}


@pytest.fixture
def files(newsroom: Newsroom, tmp_path: Path) -> Files:
    """A photograph to keep; a drawing is stored already."""
    settings: Settings = newsroom.app.config["STET"]
    photograph = tmp_path / "photograph.png"
    Image.new("RGB", (120, 80), "teal").save(photograph)
    with transaction():
        store_placeholder("hills", WORDS, settings.instance, by=Operator())
    return Files(settings.instance, develop_file(photograph, settings.instance))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.parametrize("key", PEOPLE)
def test_everybody_may_what_the_table_says(
    newsroom: Newsroom, files: Files, name: str, key: str
) -> None:
    act, do = DOINGS[name]
    found = reach(PEOPLE[key][1], act)
    if found is Reach.ANY or (found is Reach.OWN and key == "jonas"):
        with transaction():
            do(files, newsroom.person(key))
        noted = select(func.count()).where(AuditEntry.person_id == newsroom.person(key).id)
        assert db.session.scalar(noted) == 1
        return
    before = contents(db.engine)
    with pytest.raises(NotAllowed, match="you cannot"), transaction():
        do(files, newsroom.person(key))
    assert differing(before, contents(db.engine)) == []


def test_what_cannot_say_whose_it_is_is_nobodys_own(newsroom: Newsroom) -> None:
    story, brian, jonas = (
        newsroom.story("brian"),
        newsroom.person("brian"),
        newsroom.person("jonas"),
    )
    assert brian.may(Act.EDIT, story)
    assert not jonas.may(Act.EDIT, story)
    for subject in (None, "a story", politics(), jonas):
        assert not brian.may(Act.EDIT, subject)
    assert newsroom.person("amina").may(Act.EDIT, None)


def test_everybody_is_somebodys_subject(newsroom: Newsroom) -> None:
    assert not newsroom.person("brian").may(Act.SET_PASSWORD, newsroom.person("jonas"))
    assert newsroom.person("brian").may(Act.SET_PASSWORD, newsroom.person("brian"))
