"""A picture that no story uses can be deleted, with its files; one that is used, or was, cannot."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles import actions
from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.core.errors import Conflict
from app.media.actions import PictureTexts, add_photograph
from app.media.development import take_in
from app.media.models import Picture
from app.media.storage import folder
from tests.media.photographs import encoded, photograph
from tests.newsroom.test_picture_library import LIBRARY, leading, newest, send
from tests.support.cast import Newsroom

PHOTOGRAPH = encoded(photograph((640, 480)))
USED = "is used by a story or one of its versions"


@pytest.fixture
def picture(newsroom: Newsroom, app: Flask) -> Picture:
    """A picture of Brian's, with its sizes."""
    send(newsroom.visitor("brian"), (PHOTOGRAPH, "bridge.jpg"))
    app.extensions["jobs"].run_due()
    return newest()


def is_there(picture_id: int) -> bool:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Picture, picture_id) is not None


def test_an_unused_picture_goes_with_its_files(
    newsroom: Newsroom, picture: Picture, app: Flask, instance: Path
) -> None:
    number = picture.id
    brian, page = newsroom.visitor("brian"), f"{LIBRARY}/{number}"
    assert len(list(folder(instance).iterdir())) > 5
    assert "Delete the picture" in brian.get(page).text
    answer = brian.post(f"{page}/delete")
    assert (answer.status_code, answer.headers["Location"]) == (303, LIBRARY)
    assert "“bridge.jpg” is deleted" in brian.get(LIBRARY).text
    assert brian.get(page).status_code == 404
    app.extensions["jobs"].run_due()
    assert list(folder(instance).iterdir()) == []
    assert not is_there(number)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.subject_id, entry.note) == ("delete", number, "bridge.jpg")


@pytest.mark.parametrize("way", ["lead of a draft", "figure", "lead of an earlier version"])
def test_a_used_picture_stays_and_says_where(
    newsroom: Newsroom, picture: Picture, way: str
) -> None:
    text = f"::: figure {picture.id}\nalt: A\ncredit: B\nC\n:::\n"
    fields = {"text": text} if way == "figure" else leading(picture)
    story = newsroom.story("brian", headline="Bridge plans", slug="bridge-plans", **fields)
    if way.endswith("version"):
        newsroom.revise(story, headline="Bridge plans", slug="bridge-plans")
    brian = newsroom.visitor("brian")
    answer = brian.post(f"{LIBRARY}/{picture.id}/delete")
    assert answer.status_code == 409
    assert USED in answer.text
    assert "Bridge plans" in answer.text
    assert ("in an earlier version" in answer.text) is way.endswith("version")
    assert "Delete the picture" not in answer.text
    assert is_there(picture.id)
    # A story of somebody else is counted, and not named.
    newsroom.story("amina", headline="Secret", slug="secret", **leading(picture))
    shown = brian.get(f"{LIBRARY}/{picture.id}").text
    assert "1 story uses it that you cannot open" in shown
    assert "Secret" not in shown


def test_a_picture_that_readers_see_stays(newsroom: Newsroom, picture: Picture) -> None:
    newsroom.live_story(headline="Bridge opens", slug="bridge-opens", **leading(picture))
    with pytest.raises(Conflict, match=USED), transaction():
        actions.delete_picture(db.session.get_one(Picture, picture.id), by=Operator())
    assert is_there(picture.id)


def test_a_contributor_deletes_their_own_pictures_alone(
    newsroom: Newsroom, picture: Picture
) -> None:
    number = picture.id
    assert newsroom.visitor("jonas").post(f"{LIBRARY}/{number}/delete").status_code == 404
    assert is_there(number)
    assert newsroom.visitor("amina").post(f"{LIBRARY}/{number}/delete").status_code == 303
    assert not is_there(number)


def test_a_file_that_is_sent_again_while_it_is_removed_is_not_lost(
    newsroom: Newsroom, picture: Picture, app: Flask, instance: Path
) -> None:
    again, _texts = take_in(PHOTOGRAPH, instance)  # finds the file that is there
    with transaction():
        actions.delete_picture(db.session.get_one(Picture, picture.id), by=Operator())
    texts = PictureTexts("", "", "")
    with transaction():
        kept = add_photograph(again, texts, instance, file_name="", by=newsroom.person("brian"))
    app.extensions["jobs"].run_due()
    assert (folder(instance) / kept.key).is_file()
    with transaction():
        actions.delete_picture(db.session.get_one(Picture, kept.id), by=Operator())
    app.extensions["jobs"].run_due()
    with pytest.raises(Conflict, match="Send it again"), transaction():
        add_photograph(again, texts, instance, file_name="", by=newsroom.person("brian"))
