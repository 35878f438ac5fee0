"""`stet setup` in separate processes, as a new admin runs it: the first time, again, and after a kill -9."""

import re
import shutil
import socket
import sqlite3
import stat
import subprocess
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from app.core.sqlite import sqlite_driver
from tests.support.server import ROOT, STET, clean_environment, run_stet, running_server

STORIES, PAGES = 12, 3
KILLED_AFTER = 1.3  # seconds: about when an unhurried machine is loading
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_LINK = re.compile(r"https?://[^ \n]+/newsroom/sign-in/\S+")


def setup(instance: Path, *words: str) -> str:
    return run_stet("setup", *words, instance=instance, settings={})


def rows(instance: Path, query: str) -> list[tuple[object, ...]]:
    """The content of the site's database, read without the application."""
    connection: sqlite3.Connection = sqlite_driver().connect(instance / "stet.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def sound(instance: Path) -> None:
    """One admin, twelve live stories, secrets that sign, and nothing that `stet check` finds."""
    assert rows(instance, "SELECT email, role_name FROM person") == [("admin@stet.test", "admin")]
    live = "SELECT count(*) FROM publication"
    assert rows(instance, live) == [(STORIES + PAGES,)]
    assert run_stet("check", instance=instance, settings={}) == "Everything agrees.\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.slow
def test_a_new_site_is_ready_after_one_command_and_stays_as_it_is(tmp_path: Path) -> None:
    instance = tmp_path / "not there yet" / "instance"
    said = setup(instance)
    assert "http://127.0.0.1:8000/\n" in said
    assert "as admin@stet.test; the link works for 30 minutes" in said
    assert {mode(instance / name) for name in ("secrets.json", "stet.db")} == {0o600}
    sound(instance)
    secrets = (instance / "secrets.json").read_bytes()
    before = rows(instance, "SELECT id, draft.version, headline FROM article JOIN draft")
    again = setup(instance)
    assert _LINK.search(said) != _LINK.search(again)
    assert (instance / "secrets.json").read_bytes() == secrets
    assert rows(instance, "SELECT id, draft.version, headline FROM article JOIN draft") == before
    sound(instance)
    signs_in_once(instance, linked(again), linked(said))


def linked(said: str) -> str:
    """The path of the sign-in link in what set-up printed."""
    found = _LINK.search(said)
    assert found is not None, said
    return found.group().removeprefix("http://127.0.0.1:8000")


def signs_in_once(instance: Path, link: str, older: str) -> None:
    """The newest link opens the newsroom once. The link before it does not work any more."""
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        with pytest.raises(HTTPError, match="404"):
            browser().open(server.url + older)
        one, two = browser(), browser()
        page = one.open(server.url + link).read().decode()
        other = two.open(server.url + link).read().decode()
        assert "Stories" in sent(one, server.url + link, page)
        with pytest.raises(HTTPError, match="404"):
            sent(two, server.url + link, other)


def browser() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


def sent(opener: OpenerDirector, url: str, page: str) -> str:
    """Press the only button of the page. Returns the next page."""
    token = _TOKEN.search(page)
    assert token is not None
    answer = opener.open(url, urlencode({"csrf_token": token.group(1)}).encode())
    text: str = answer.read().decode()
    return text


@pytest.mark.slow
def test_a_set_up_that_was_killed_is_taken_up_again(tmp_path: Path) -> None:
    for number, trace in enumerate(("secrets.json", "stet.db-wal", "media")):
        instance = tmp_path / str(number)
        killed_when((instance / trace).exists, "setup", instance=instance)
        setup(instance)
        sound(instance)


@pytest.mark.slow
def test_a_seed_that_was_killed_leaves_whole_stories_and_can_be_run_again(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    setup(instance)
    seeds = shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for story in (seeds / "stories").iterdir():
        story.write_text(story.read_text("utf-8") + "\nOne paragraph more.\n", "utf-8")
    more = ("seed", "--from", str(seeds))
    killed_when(lambda: True, *more, instance=instance, after=KILLED_AFTER)
    changed = "SELECT count(*) FROM draft WHERE content LIKE '%One paragraph more.%'"
    assert rows(instance, changed)[0][0] in (0, STORIES)
    sound(instance)
    run_stet(*more, instance=instance, settings={})
    assert rows(instance, changed) == [(STORIES,)]
    sound(instance)


@pytest.mark.slow
def test_a_demo_that_was_killed_leaves_whole_stories(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    setup(instance)
    demo = f"SELECT count(*) FROM article WHERE started_by_id IS NULL AND id > {STORIES + PAGES}"
    killed_when(
        lambda: rows(instance, demo) != [(0,)], "seed", "--demo", "20000", instance=instance
    )
    loaded = rows(instance, demo)[0][0]
    assert loaded in range(1000, 20000, 1000)
    run_stet("related", "rebuild", instance=instance, settings={})  # it comes last in a demo
    assert run_stet("check", instance=instance, settings={}) == "Everything agrees.\n"


def killed_when(
    happened: Callable[[], bool], *words: str, instance: Path, after: float = 0
) -> None:
    """Run a command and kill it `after` so many seconds from when something has happened."""
    process = subprocess.Popen(
        [*STET, *words],
        cwd=ROOT,
        env=clean_environment(instance, {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    while process.poll() is None and not happened():
        time.sleep(0.001)
    time.sleep(after)
    process.kill()
    process.communicate()


@pytest.mark.slow
def test_serving_prints_a_link_only_for_a_new_admin_or_when_asked(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    for words, has_link in ((), True), ((), False), (("--link",), True):
        said = said_before_serving(instance, *words)
        assert (_LINK.search(said) is not None) is has_link, words
        assert has_link or "stet person sign-in-link admin@stet.test" in said


def said_before_serving(instance: Path, *words: str) -> str:
    """What `stet setup --serve` prints until the server would start: a port that is taken stops it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [*STET, "setup", "--serve", *words],
            cwd=ROOT,
            env=clean_environment(instance, {"STET_PORT": str(taken.getsockname()[1])}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    return done.stdout
