"""Storing a picture: files first, then the row. Missing files are reported, and a command makes them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, select

from app.accounts.actors import Operator
from app.audit.models import AuditEntry
from app.core import edition
from app.core.db import db, transaction
from app.core.errors import NotReady
from app.media.actions import PictureTexts, keep_photograph
from app.media.development import develop_file
from app.media.models import Picture
from app.media.queries import lacks_renditions
from app.media.renditions import RECIPE, planned
from app.media.storage import folder, stored_names
from app.transfer.checking import findings
from tests.media.photographs import encoded, photograph
from tests.support.cast import Newsroom

WORDS = PictureTexts("A caption", "A credit", "A description")
PATH = "/politics/river-rises"
Store = Callable[[], Picture]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A photograph in another folder."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(photograph((1300, 900))))
    return path


@pytest.fixture
def store(newsroom: Newsroom, instance: Path, file: Path) -> Store:
    """Stores the photograph."""

    def stored() -> Picture:
        photograph = develop_file(file, instance)
        with transaction():
            return keep_photograph(photograph, WORDS, by=Operator())

    return stored


@pytest.fixture
def old(store: Store, instance: Path) -> Picture:
    """A picture as it was stored before there were renditions."""
    picture = store()
    with transaction():
        db.session.get_one(Picture, picture.id).recipe = 0
    for made in renditions(instance, picture):
        made.unlink()
    return picture


def renditions(instance: Path, picture: Picture) -> list[Path]:
    """The files in the media folder besides the original."""
    return [file for file in folder(instance).iterdir() if file.name != picture.key]


def run(newsroom: Newsroom) -> str:
    """`stet media rebuild`; what it printed."""
    done = newsroom.app.test_cli_runner().invoke(args=["media", "rebuild"])
    db.session.rollback()  # what this test holds of the database is from before
    assert done.exit_code == 0, done.output
    return done.output


def test_a_stored_picture_has_all_its_renditions(store: Store, instance: Path) -> None:
    picture = store()
    assert picture.recipe == RECIPE
    assert not lacks_renditions(picture, stored_names(instance))
    assert len(renditions(instance, picture)) == len(planned(picture.width, picture.height))
    assert list(findings(instance)) == []


def test_every_file_is_on_the_disk_before_the_row_is_written(
    newsroom: Newsroom, store: Store, instance: Path
) -> None:
    """A crash at any moment can leave files without a row, but never a row without its files."""
    seen: list[int] = []

    def look(*_more: object) -> None:
        pictures = [each for each in db.session.new if isinstance(each, Picture)]
        held = stored_names(instance)
        assert not [each for each in pictures if lacks_renditions(each, held)]
        assert all((folder(instance) / each.key).is_file() for each in pictures)
        seen.append(len(pictures))

    event.listen(db.session, "before_flush", look)
    try:
        store()
    finally:
        event.remove(db.session, "before_flush", look)
    assert 1 in seen


def test_a_photograph_is_never_developed_while_others_wait_for_the_database(
    newsroom: Newsroom, file: Path, instance: Path
) -> None:
    with transaction(), pytest.raises(RuntimeError, match="before the transaction"):
        develop_file(file, instance)
    assert not folder(instance).exists()


def test_what_a_transaction_that_failed_left_behind_is_used_the_next_time(
    newsroom: Newsroom, store: Store, file: Path, instance: Path
) -> None:
    def fail() -> None:
        photograph = develop_file(file, instance)
        with transaction():
            keep_photograph(photograph, WORDS, by=Operator())
            raise NotReady("No.")

    with pytest.raises(NotReady):
        fail()
    assert db.session.scalars(select(Picture)).all() == []
    left = {each.name: each.stat().st_ino for each in folder(instance).iterdir()}
    assert len(left) == 1 + len(planned(1300, 900))
    store()
    assert {each.name: each.stat().st_ino for each in folder(instance).iterdir()} == left


def test_the_same_file_is_one_picture(store: Store) -> None:
    assert store().id == store().id


def test_a_half_written_file_is_never_seen_under_its_name(store: Store, instance: Path) -> None:
    store()
    assert [each for each in folder(instance).iterdir() if each.name.startswith(".")] == []


def test_the_command_makes_what_an_older_picture_lacks(
    newsroom: Newsroom, old: Picture, instance: Path
) -> None:
    newsroom.live_story(lead_picture_id=old.id, lead_alt="Light", lead_credit="Lena Vogt")
    reader = newsroom.app.test_client()
    before = reader.get(PATH).text
    assert f'src="{old.url}"' in before
    assert "srcset" not in before
    (finding,) = findings(instance)
    assert finding == (
        f"Picture {old.id} is not there in all its sizes; `stet media rebuild` makes them."
    )
    number = edition.current()
    db.session.rollback()
    assert run(newsroom) == "Pictures developed: 1\n"
    assert list(findings(instance)) == []
    assert edition.current() == number + 1
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.subject_kind == "picture"))
    assert acts.all() == ["store", "develop"]
    picture = db.session.get_one(Picture, old.id)
    assert picture.stored.srcset()
    assert f'srcset="{picture.stored.srcset()}"' in reader.get(PATH).text
    db.session.rollback()
    assert run(newsroom) == "Pictures developed: 0\n"


def test_a_rendition_that_is_gone_is_found_and_made_again(
    newsroom: Newsroom, store: Store, instance: Path
) -> None:
    lost = renditions(instance, store())[0]
    held = lost.read_bytes()
    lost.unlink()
    assert any("not there in all its sizes" in each for each in findings(instance))
    db.session.rollback()
    run(newsroom)
    assert lost.read_bytes() == held


def test_a_picture_that_cannot_be_developed_is_told_of_and_stops_no_other(
    newsroom: Newsroom, old: Picture, instance: Path, file: Path
) -> None:
    (folder(instance) / old.key).write_bytes(b"not what it was")
    file.write_bytes(encoded(photograph((500, 400))))
    developed = develop_file(file, instance)
    with transaction():
        other = keep_photograph(developed, WORDS, by=Operator())
        other.recipe = 0
    said = run(newsroom)
    assert f"Picture {old.id}: This file is not a picture" in said
    assert "Pictures developed: 1\n" in said
    assert db.session.get_one(Picture, other.id).recipe == RECIPE
    assert db.session.get_one(Picture, old.id).recipe == 0
