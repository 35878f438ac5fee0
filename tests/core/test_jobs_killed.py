"""Several processes do each due thing once. Nothing is lost or done twice when one of them is killed."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from app.core import clock, outbox
from app.core.db import transaction
from tests.core import moments
from tests.core.processes import KIND
from tests.support.server import ROOT, clean_environment

pytestmark = pytest.mark.slow

MANY = 60
DONE, HELD = [0, 1], [1, 0]  # how many wait, and how often it has happened


@pytest.fixture
def received(instance: Path) -> Path:
    """The file to which the processes send."""
    file = instance / "received"
    file.write_text("")
    return file


@pytest.fixture
def here(app: Flask, settings: dict[str, str], instance: Path) -> dict[str, str]:
    """The environment of processes that work on the test's database, with the tables of the tiny job."""
    with app.app_context():
        moments.make_tables()
    return clean_environment(instance, settings)


def run(mode: str, received: Path, here: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.core.processes", mode, str(received)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=here, stdin=pipe, stdout=pipe, text=True)


def test_processes_that_compete_do_each_thing_once(
    app: Flask, here: dict[str, str], received: Path
) -> None:
    keys = [f"signal-{number}" for number in range(MANY)]
    with app.app_context():
        moments.put(*[clock.now()] * MANY)
        with transaction():
            outbox.put(KIND, {key: {} for key in keys}, clock.now())
    processes = [run("compete", received, here) for _ in range(2)]
    for each in processes:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.wait(60) for each in processes] == [0, 0]
    for each in processes:
        each.communicate()
    pids = {each.pid for each in processes}
    with app.app_context():
        happened = moments.effects()
        assert (moments.left(), outbox.next_due(KIND)) == (0, None)
    assert Counter(moment for moment, _pid in happened) == dict.fromkeys(range(1, MANY + 1), 1)
    assert {pid for _moment, pid in happened} == pids
    sent = [line.split() for line in received.read_text().splitlines()]
    assert Counter(key for key, _pid in sent) == dict.fromkeys(keys, 1)
    assert {int(pid) for _key, pid in sent} == pids


def test_a_process_killed_half_way_loses_and_doubles_nothing(
    here: dict[str, str], received: Path
) -> None:
    printed, _errors = run("die", received, here).communicate(timeout=90)
    found: dict[tuple[str, str], list[list[int]]] = {}
    for line in printed.splitlines():
        what, point, *state = json.loads(line)
        found.setdefault((what, point), []).append(state)
    assert found == {
        ("moment", "claimed"): [HELD, DONE],
        ("moment", "effected"): [HELD, DONE],
        ("moment", "noted"): [HELD, DONE],
        ("moment", "committing"): [HELD, DONE],
        ("moment", "committed"): [DONE, DONE],
        # Nobody else sends before the claim has expired. What was sent may be sent again.
        ("signal", "claimed"): [HELD, DONE],
        ("signal", "sent"): [[1, 1], [0, 2]],
    }
