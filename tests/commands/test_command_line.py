"""The `stet` command in a shell: what it offers, and how it refuses, without a traceback."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from app.core.config import read_settings
from app.core.errors import BadConfiguration
from tests.support.server import ROOT, STET, clean_environment

FLASK = (sys.executable, "-m", "flask", "--app", "app")
OURS = {"setup", "serve", "seed", "check", "person", "roles", "settings", "db"}


def run(
    command: Sequence[str], instance: Path, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(command),
        cwd=ROOT,
        env=clean_environment(instance, settings or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command was refused."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    return line


def offered(help_text: str) -> set[str]:
    """The commands that a help page lists."""
    listed = help_text.partition("Commands:\n")[2].splitlines()
    return {line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "}


def test_stet_and_flask_offer_the_same_commands(instance: Path) -> None:
    stet = run([*STET, "--help"], instance)
    flask = run([*FLASK, "--help"], instance)
    assert stet.returncode == flask.returncode == 0
    assert offered(stet.stdout) >= OURS
    # Set-up makes what the application needs to exist at all, so it cannot be one of its commands.
    assert offered(flask.stdout) >= OURS - {"setup"}


def test_help_is_there_before_there_is_a_site(tmp_path: Path) -> None:
    done = run([*STET, "--help"], tmp_path / "nothing-yet")
    assert done.returncode == 0
    assert done.stderr.strip() == "This installation has no secrets yet. Run `stet setup`."
    assert offered(done.stdout) >= {"setup", "serve", "seed"}


def test_a_refusal_is_one_line_under_flask_too(instance: Path, sqlite_url: str) -> None:
    words = ["person", "role", "nobody@news.example.com", "editor"]
    settings = {"STET_DATABASE_URL": sqlite_url}
    for command in (STET, FLASK):
        assert refused(run([*command, *words], instance, settings)) == (
            "stet: Nobody here has the e-mail nobody@news.example.com."
        )


def test_before_set_up_every_command_says_so(tmp_path: Path) -> None:
    line = refused(run([*STET, "seed"], tmp_path / "nothing"))
    assert line == "stet: This installation has no secrets yet. Run `stet setup`."


def test_a_setting_that_makes_no_sense_stops_set_up(instance: Path) -> None:
    line = refused(run([*STET, "setup"], instance, {"STET_PORT": "eighty"}))
    assert line == "stet: STET_PORT is 'eighty': it needs a number from 1 to 65535."


def test_a_database_that_is_away_is_said_in_one_line(instance: Path) -> None:
    away = {"STET_DATABASE_URL": f"postgresql://nobody@/nothing?host={instance}"}
    assert refused(run([*STET, "person", "list"], instance, away)) == (
        "stet: The database does not answer at the moment."
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"STET_PROT": "80"}, "STET_PROT is not a setting of Stet. `stet settings` lists them."),
        ({"STET_PORT": "0"}, "STET_PORT is '0'"),
        ({"STET_PORT": "٣"}, "STET_PORT is '٣'"),
        ({"STET_PORT": "99999"}, "STET_PORT is '99999'"),
        ({"STET_WORKERS": "-1"}, "STET_WORKERS is '-1'"),
        ({"STET_THREADS": "1e3"}, "STET_THREADS is '1e3'"),
        ({"STET_TIMEZONE": "Mars/Olympus"}, "STET_TIMEZONE is 'Mars/Olympus'"),
        ({"STET_TIMEZONE": "../../etc/passwd"}, "STET_TIMEZONE is '../../etc/passwd'"),
        ({"STET_BASE_URL": "news.example.org"}, "STET_BASE_URL is 'news.example.org'"),
        ({"STET_BASE_URL": "https://a.example/news"}, "without a path"),
        ({"STET_BASE_URL": "javascript://a.example"}, "STET_BASE_URL is"),
        ({"STET_DATABASE_URL": "mysql://localhost/x"}, "STET_DATABASE_URL is"),
        ({"STET_DATABASE_URL": "sqlite:///stet.db"}, "whole path"),
        ({"STET_DATABASE_URL": "sqlite://"}, "whole path"),
        ({"STET_DATABASE_URL": "sqlite:///:memory:"}, "whole path"),
        ({"STET_SITE_NAME": "a\nb"}, "STET_SITE_NAME is"),
        ({"STET_SITE_NAME": " "}, "STET_SITE_NAME is"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(settings: dict[str, str], words: str) -> None:
    with pytest.raises(BadConfiguration) as refusal:
        read_settings(settings)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_settings_are_listed_with_their_values(instance: Path) -> None:
    given = {"STET_SITE_NAME": "The Daily Proof", "STET_TIMEZONE": "Asia/Kabul"}
    lines = run([*STET, "settings"], instance, given).stdout.splitlines()
    values = dict(line.split(maxsplit=1) for line in lines)
    assert values["STET_SITE_NAME"] == "The Daily Proof"
    assert values["STET_TIMEZONE"] == "Asia/Kabul"
    assert values["STET_INSTANCE"] == str(instance)
    assert values["STET_DATABASE_URL"] == f"sqlite:///{instance / 'stet.db'}"
    assert not any("key" in name.lower() or "salt" in name.lower() for name in values)


def test_the_password_of_the_database_is_not_listed(instance: Path) -> None:
    url = "postgresql://stet:hunter2@127.0.0.1:1/stet?password=hunter3&sslpassword=hunter4"
    said = run([*STET, "settings"], instance, {"STET_DATABASE_URL": url})
    assert "STET_DATABASE_URL" in said.stdout
    assert "127.0.0.1:1/stet" in said.stdout
    assert "hunter" not in said.stdout + said.stderr
    wrong = run([*STET, "check"], instance, {"STET_DATABASE_URL": url})
    assert wrong.returncode == 1
    assert "hunter" not in wrong.stdout + wrong.stderr
