"""A disk that is full or read-only, as a real one: who saves is told, the log says so, readers are served."""

import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from app.core.secrets import make_secrets
from tests.commands.test_command_line import refused, run
from tests.commands.test_setup import browser, linked, sent
from tests.media.photographs import encoded, photograph
from tests.support.cast import Newsroom, fields_of
from tests.support.server import STET, run_stet, running_server

LONG = "Water rose again, and nobody had expected so much of it.\n\n" * 5_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MB in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: this machine does not let the tests mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def instance(small_disk: Path) -> Path:
    """The instance of these tests lies on the small disk."""
    make_secrets(small_disk / "instance")
    return small_disk / "instance"


def fill(disk: Path) -> Path:
    """Take all the room that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    assert shutil.disk_usage(disk).free == 0
    return filler


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_saves_on_a_full_disk_is_told_and_loses_nothing(
    newsroom: Newsroom, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    live = newsroom.live_story()
    path = newsroom.publication(live).path
    amina, story = newsroom.visitor("amina"), newsroom.story(slug="other")
    opened = fields_of(amina.get(f"/newsroom/articles/{story.id}").text) | {"body": LONG}
    reader = newsroom.app.test_client()
    assert reader.get(path).status_code == 200
    filler = fill(small_disk)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            answer = amina.post(f"/newsroom/articles/{story.id}/draft", opened)
            assert answer.status_code == 503, re.findall('class="error".*', answer.text)
            assert "The disk of the site is full" in answer.text
            assert "Nothing has been saved yet" in answer.text
            assert answer.text.count("Water rose again") >= 5_000
        for _ in range(2):
            newsroom.app.extensions["jobs"].run_due()
    said = [each.message for each in caplog.records if "disk" in each.message]
    assert len(said) == 1, said
    assert "is full: nothing can be saved" in said[0]
    for address in (path, "/"):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "disk" not in answer.text
    filler.unlink()
    assert amina.post(f"/newsroom/articles/{story.id}/draft", opened).status_code == 303


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_picture_for_which_there_is_no_room_leaves_nothing(
    newsroom: Newsroom, small_disk: Path, instance: Path
) -> None:
    amina = newsroom.visitor("amina")
    amina.get("/newsroom/pictures")
    photo = encoded(photograph((640, 480)))

    def send() -> tuple[int, str]:
        form = {"csrf_token": amina.token, "files": (BytesIO(photo), "bridge.jpg")}
        answer = amina.client.post("/newsroom/pictures", data=form)
        return answer.status_code, answer.text

    filler = fill(small_disk)
    status, page = send()
    assert (status, "The disk of the site is full" in page) == (503, True)
    assert not (instance / "media").exists() or not any((instance / "media").iterdir())
    filler.unlink()
    assert send()[0] == 303
    assert len(list((instance / "media").iterdir())) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_quiet_site_on_a_full_disk_says_so_too(
    app: Flask, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(small_disk)
    with caplog.at_level(logging.ERROR):
        app.extensions["jobs"].run_due()
    assert [each.message for each in caplog.records if "is full" in each.message]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_database_that_may_only_be_read_is_named(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story(slug="other")
    opened = fields_of(amina.get(f"/newsroom/articles/{story.id}").text) | {"headline": "New"}
    db.session.remove()
    with db.engine.begin() as connection:
        name = connection.engine.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    db.engine.dispose()
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", opened)
    assert answer.status_code == 503
    assert "The disk of the site is read-only" in answer.text


@pytest.mark.slow
def test_a_site_on_a_read_only_disk_serves_what_it_made(small_disk: Path, tmp_path: Path) -> None:
    instance, log = small_disk / "instance", tmp_path / "log"
    link = linked(run_stet("setup", instance=instance, settings={}))
    (instance / "serve.log").symlink_to(log)
    with running_server(instance, {"STET_WORKERS": "2"}) as server:
        first = urlopen(server.url).read()
        story = re.findall(rb'href="(/[a-z-]+/[a-z-]+)"', first)[0].decode()
        urlopen(server.url + story).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with running_server(instance, {"STET_WORKERS": "2"}) as server:
        assert b"<h1" in urlopen(server.url + story).read()
        person = browser()
        page = person.open(server.url + link).read().decode()
        with pytest.raises(HTTPError, match="503") as refusal:
            sent(person, server.url + link, page)
        assert "The disk of the site is read-only" in refusal.value.read().decode()
    assert log.read_text("utf-8").count("is read-only: nothing can be saved") == 1
    assert "Traceback" not in log.read_text("utf-8")
    line = refused(run([*STET, "setup"], instance))
    assert line.endswith(("Read-only file system.", "read-only, so nothing can be saved."))
    line = refused(run([*STET, "setup"], small_disk / "another"))
    assert line.endswith("Read-only file system.")


def test_set_up_on_a_full_disk_ends_in_one_line(small_disk: Path) -> None:
    filler = fill(small_disk)
    line = refused(run([*STET, "setup"], small_disk / "site"))
    assert "No space left on device" in line or "The disk of the site is full" in line
    with filler.open("r+b") as file:  # enough for the secrets, too little for the database
        file.truncate(filler.stat().st_size - 65536)
    line = refused(run([*STET, "setup"], small_disk / "site"))
    assert "No space left on device" in line or "The disk of the site is full" in line


@pytest.mark.parametrize("name", ["/etc/hostname", "/etc/hostname/site", "/proc/site"])
def test_set_up_in_what_is_no_folder_ends_in_one_line(name: str) -> None:
    assert name in refused(run([*STET, "setup"], Path(name)))
