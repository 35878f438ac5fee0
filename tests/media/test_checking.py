"""`stet media check`: rows and files of pictures agree afterwards, and no original is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from app.accounts.actors import Operator
from app.core import clock
from app.core.db import db, transaction
from app.media.actions import PictureTexts, keep_photograph, remove_picture
from app.media.development import develop_file, take_in
from app.media.models import Picture
from app.media.renditions import names_of
from app.media.storage import folder
from app.transfer.checking import findings
from tests.media.photographs import encoded, photograph
from tests.support.cast import Newsroom

PHOTOGRAPH = encoded(photograph((500, 400)))
OTHER = encoded(photograph((400, 300)))
AGREED = "Pictures and files agree.\n"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Run = Callable[..., Result]


@pytest.fixture
def picture(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    """A photograph with its files."""
    file = tmp_path / "photo.jpg"
    file.write_bytes(PHOTOGRAPH)
    found = develop_file(file, instance)
    with transaction():
        return keep_photograph(found, PictureTexts("", "", ""), by=Operator())


@pytest.fixture
def run(newsroom: Newsroom) -> Run:
    """`stet media …`."""

    def command(*words: str) -> Result:
        db.session.rollback()
        done = newsroom.app.test_cli_runner().invoke(args=["media", *words])
        db.session.rollback()
        return done

    return command


def files(instance: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder(instance).iterdir()}


def aside(instance: Path) -> dict[str, bytes]:
    place = instance / "media-aside"
    return {each.name: each.read_bytes() for each in place.iterdir()} if place.is_dir() else {}


def age(instance: Path) -> None:
    """Let an hour pass for every file."""
    then = (clock.now() - timedelta(hours=1, minutes=1)).timestamp()
    for each in folder(instance).iterdir():
        os.utime(each, (then, then))


def test_files_without_a_picture_are_cleared_away_and_an_original_is_only_set_aside(
    picture: Picture, instance: Path, run: Run, tmp_path: Path
) -> None:
    agreed = files(instance)
    (tmp_path / "other.jpg").write_bytes(OTHER)
    lost = develop_file(tmp_path / "other.jpg", instance).key
    (folder(instance) / ".part-abc").write_bytes(b"half")
    (folder(instance) / "notes.txt").write_bytes(b"of an editor")
    assert run("check").output == AGREED  # somebody may be at it
    age(instance)
    before = files(instance)
    told = run("check", "--dry-run")
    assert (told.exit_code, files(instance)) == (1, before)
    assert f"The file {lost} in the media folder belongs to no picture." in told.output
    done = run("check")
    assert (done.exit_code, done.output.count("none of Stet's")) == (1, 1)
    assert files(instance) == agreed | {"notes.txt": b"of an editor"}
    assert aside(instance) == {lost: OTHER}
    (folder(instance) / "notes.txt").unlink()
    assert run("check").output == AGREED
    assert list(findings(instance)) == []


@on_sqlite
def test_an_original_whose_row_comes_back_is_taken_back(
    newsroom: Newsroom, picture: Picture, instance: Path, run: Run
) -> None:
    """The database was put back from a backup, checked, and then from a newer one."""
    kept = {name: value for name, value in vars(picture).items() if not name.startswith("_")}
    with transaction():
        db.session.delete(db.session.get_one(Picture, picture.id))
    age(instance)
    assert run("check").exit_code == 0
    assert (files(instance), aside(instance)) == ({}, {kept["key"]: PHOTOGRAPH})
    with transaction():
        db.session.add(Picture(**kept))
    done = run("check")
    assert "It had been set aside, and is back." in done.output
    assert "Its sizes have been made." in done.output
    assert aside(instance) == {}
    assert run("check").output == AGREED


@on_sqlite
def test_an_original_that_was_altered_makes_room_for_the_right_one(
    newsroom: Newsroom, picture: Picture, instance: Path, run: Run
) -> None:
    original = folder(instance) / picture.key
    original.write_bytes(OTHER)
    told = f"The file {picture.key} of picture {picture.id} is not the one that was stored."
    assert told in list(findings(instance))
    done = run("check")
    assert (done.exit_code, told in done.output) == (1, True)
    assert aside(instance) == {picture.key: OTHER}
    done = run("check")
    assert (done.exit_code, "has no file" in done.output) == (1, True)
    take_in(PHOTOGRAPH, instance)
    assert run("check").output == AGREED


@on_sqlite
def test_sizes_that_break_off_or_are_missing_are_made_anew(
    newsroom: Newsroom, picture: Picture, instance: Path, run: Run
) -> None:
    agreed = files(instance)
    names = names_of(picture.key, picture.width, picture.height)
    webp = next(name for name in names if name.endswith("webp"))
    jpg = next(name for name in names if name.endswith("jpg"))
    for name, data in ((webp, agreed[webp][:-9]), (jpg, agreed[jpg][:900]), (jpg, b"")):
        (folder(instance) / name).write_bytes(data)
        assert [name in each for each in findings(instance)] == [True]
        assert "Its sizes have been made." in run("check").output
        assert files(instance) == agreed
    (folder(instance) / webp).unlink()
    assert "not there in all its sizes" in run("check").output
    assert files(instance) == agreed


@on_sqlite
def test_sizes_of_one_picture_are_made_anew_and_never_lost(
    newsroom: Newsroom, picture: Picture, instance: Path, run: Run
) -> None:
    agreed = files(instance)
    name = names_of(picture.key, picture.width, picture.height)[0]
    (folder(instance) / name).write_bytes(b"\0" * 500)
    done = run("rebuild", str(picture.id))
    assert (done.output, files(instance)) == ("Pictures developed: 1\n", agreed)
    assert run("rebuild", "99").exit_code == 1
    (folder(instance) / picture.key).unlink()
    without = files(instance)
    assert run("rebuild", str(picture.id)).exit_code == 1
    assert files(instance) == without


@on_sqlite
def test_a_deleted_picture_is_removed_by_the_server_and_not_set_aside(
    newsroom: Newsroom, picture: Picture, instance: Path, run: Run
) -> None:
    with transaction():
        remove_picture(db.session.get_one(Picture, picture.id))
    age(instance)
    assert run("check").output == AGREED
    newsroom.app.extensions["jobs"].run_due()
    assert (files(instance), aside(instance)) == ({}, {})


@on_sqlite
def test_a_file_that_is_sent_again_is_no_stray_file(
    newsroom: Newsroom, instance: Path, run: Run
) -> None:
    """It lies there from an upload that broke off, and its row is about to be written."""
    key = take_in(PHOTOGRAPH, instance)[0].key
    age(instance)
    take_in(PHOTOGRAPH, instance)
    assert run("check").output == AGREED
    assert files(instance).keys() == {key}
