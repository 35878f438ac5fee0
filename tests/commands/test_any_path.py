"""A site in a folder of any name: its database lies inside it, and nobody else of the machine can read it."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.config import read_settings
from app.core.database_file import findings
from app.core.db import db, transaction
from app.core.errors import BadConfiguration
from app.core.secrets import make_secrets
from app.core.sqlite import sqlite_driver
from tests.support.databases import running_app
from tests.support.server import ROOT, STET, clean_environment, run_stet, running_server

NAMES = (
    *("site #1", "site?x=1", "site%41", "100%", "site %25 %3F", "a+b & c;d:e", "$HOME `x` \\n"),
    *('it\'s "new"', "Zürich 日報", "می‌خواهند", "no\u00a0break", " spaces ", "two\nlines"),
    os.fsdecode(b"caf\xe9"),
)
# All that means something to a shell, an address, a settings file or a format string.
WORST = 'C# 100% "it\'s" ?a=%41 $HOME `x` & ü %(here)s'


@pytest.mark.parametrize("name", NAMES)
def test_the_database_is_inside_the_instance(
    name: str, tmp_path: Path, sqlite_template: Path
) -> None:
    place = tmp_path / "sites"
    instance = place / name
    make_secrets(instance)
    shutil.copyfile(sqlite_template, instance / "stet.db")
    with running_app({"STET_INSTANCE": str(instance)}) as app, app.app_context():
        with transaction() as session:
            session.execute(text("UPDATE site_edition SET number = 4711"))
        assert list(findings(db.engine, instance / "stet.db")) == []
        (said,) = findings(db.engine, instance / "secrets.json")
        assert said.startswith("The database that is open is ")
    with sqlite_driver().connect(instance / "stet.db") as connection:
        assert connection.execute("SELECT number FROM site_edition").fetchall() == [(4711,)]
    assert [each.name for each in place.iterdir()] == [name]


@pytest.mark.parametrize("name", NAMES[:-1])
def test_the_address_that_settings_print_is_the_same_database(name: str, tmp_path: Path) -> None:
    printed = str(read_settings({"STET_INSTANCE": str(tmp_path / name)}).database_url)
    again = read_settings({"STET_INSTANCE": str(tmp_path), "STET_DATABASE_URL": printed})
    assert again.database_file == tmp_path / name / "stet.db"


def test_settings_are_printed_for_a_folder_that_is_not_utf_8(tmp_path: Path) -> None:
    instance = tmp_path / NAMES[-1]
    make_secrets(instance)
    said = run_stet("settings", instance=instance, settings={})
    assert f"STET_INSTANCE         {tmp_path}/caf\N{REPLACEMENT CHARACTER}\n" in said


def test_an_address_with_options_is_refused(tmp_path: Path) -> None:
    """A `?` begins options in an address; Stet would open another file than the one that was meant."""
    given = {"STET_INSTANCE": str(tmp_path), "STET_DATABASE_URL": "sqlite:////srv/site?1/stet.db"}
    with pytest.raises(BadConfiguration, match="%3F"):
        read_settings(given)


def test_a_home_that_does_not_exist_is_one_line() -> None:
    with pytest.raises(BadConfiguration, match="STET_INSTANCE is '~nobody-here/site'"):
        read_settings({"STET_INSTANCE": "~nobody-here/site"})


def open_to_others(instance: Path) -> Iterator[str]:
    for path in (instance, *instance.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            yield f"{path.name}: {mode:o}"


@pytest.mark.slow
def test_a_whole_site_in_a_folder_with_the_worst_name(tmp_path: Path) -> None:
    instance = tmp_path / WORST
    instance.mkdir(mode=0o755)
    before = os.umask(0)  # the laxest; the files are closed all the same
    try:
        assert "Read the site" in run_stet("setup", instance=instance, settings={})
        with running_server(instance, {"STET_WORKERS": "1"}):
            (instance / "serve.log").unlink()  # the test's own
    finally:
        os.umask(before)
    assert list(open_to_others(instance)) == []
    assert [each.name for each in tmp_path.iterdir()] == [WORST]
    assert run_stet("check", instance=instance, settings={}) == "Everything agrees.\n"


@pytest.mark.slow
def test_what_others_can_read_is_found_and_closed(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    run_stet("setup", instance=instance, settings={})
    (instance / "stet.db").chmod(0o644)
    (instance / "media").chmod(0o755)
    with pytest.raises(RuntimeError, match=r"can be read by others .* `stet setup` closes them"):
        run_stet("check", instance=instance, settings={})
    (instance / "notes of the admin.txt").touch()
    (instance / "notes of the admin.txt").chmod(0o644)
    run_stet("setup", instance=instance, settings={})
    assert list(open_to_others(instance)) == ["notes of the admin.txt: 644"]


@pytest.mark.slow
def test_a_database_elsewhere_is_named_by_the_check(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere #1.db"
    settings = {"STET_DATABASE_URL": f"sqlite:///{elsewhere}".replace("#", "%23")}
    run_stet("setup", instance=tmp_path / "instance", settings=settings)
    said = run_stet("check", instance=tmp_path / "instance", settings=settings)
    assert f"The database is {elsewhere}, outside the instance" in said
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600


def test_a_database_that_an_earlier_version_put_elsewhere_is_not_lost(
    tmp_path: Path, sqlite_template: Path
) -> None:
    """It was opened at what stands before `#` or `?`, with `%41` read as a letter."""
    for name, earlier in (("site #1", "site "), ("new%41?2", "newA")):
        instance, place = tmp_path / name, tmp_path / earlier
        shutil.copyfile(sqlite_template, place)
        done = subprocess.run(
            [*STET, "setup"],
            cwd=ROOT,
            env=clean_environment(instance, {}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert str(place) in line
        assert str(instance / "stet.db") in line
        assert not (instance / "stet.db").exists()


@pytest.mark.slow
def test_a_checkout_in_a_folder_with_the_worst_name(tmp_path: Path) -> None:
    checkout = tmp_path / WORST
    for name in ("app", "migrations", "seeds"):
        shutil.copytree(ROOT / name, checkout / name)
    environment = clean_environment(tmp_path, {}) | {"PYTHONPATH": ""}
    del environment["STET_INSTANCE"]
    for words in (("setup",), ("db", "current"), ("check",)):
        done = subprocess.run(
            [sys.executable, *STET[1:], *words],
            cwd=checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    assert (checkout / "instance" / "stet.db").stat().st_size > 100_000
