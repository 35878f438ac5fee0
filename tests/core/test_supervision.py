"""Workers die, and the server goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.core.secrets import make_secrets
from tests.bench import served
from tests.support.raw import ask
from tests.support.server import ROOT, clean_environment, free_port, running_server
from tests.support.workers import kill, workers_of

pytestmark = pytest.mark.slow

WORKERS = 2
PATIENCE = 10  # seconds, on a machine that does something else as well


@pytest.fixture
def settings(instance: Path, sqlite_url: str) -> dict[str, str]:
    return {"STET_DATABASE_URL": sqlite_url, "STET_WORKERS": str(WORKERS)}


def test_a_worker_that_is_killed_is_replaced_however_often(
    instance: Path, settings: dict[str, str]
) -> None:
    with running_server(instance, settings) as server:
        for _ in range(8):
            kill(server, workers_of(server)[-1], PATIENCE)
            assert ask(server.url, "/health-of-nothing").status == 404
        assert len(workers_of(server)) == WORKERS
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0


def test_the_others_go_on_answering(instance: Path, settings: dict[str, str]) -> None:
    with running_server(instance, settings) as server:
        over, answered, cut = threading.Event(), list[float](), list[float]()

        def read() -> None:
            while not over.is_set():
                started = time.monotonic()
                try:
                    assert ask(server.url, "/robots.txt").status == 200
                    answered.append(time.monotonic() - started)
                except (OSError, IndexError):  # it was with the worker that was killed
                    cut.append(time.monotonic() - started)

        reader = threading.Thread(target=read)
        reader.start()
        for _ in range(4):
            kill(server, workers_of(server)[0], PATIENCE)
        over.set()
        reader.join()
    assert len(cut) <= 4
    assert len(answered) > 20
    assert max(answered) < 5


def test_all_workers_killed_at_once_are_replaced(instance: Path, settings: dict[str, str]) -> None:
    with running_server(instance, settings) as server:
        for _ in range(2):
            for pid in workers_of(server):
                os.kill(pid, signal.SIGKILL)
            deadline = time.monotonic() + PATIENCE
            while True:
                with suppress(OSError, IndexError):
                    if ask(server.url, "/robots.txt").status == 200:
                        break
                assert time.monotonic() < deadline
                time.sleep(0.05)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells workers of their server's end"
)
def test_workers_end_with_a_server_that_is_killed(instance: Path, settings: dict[str, str]) -> None:
    with running_server(instance, settings) as server:
        workers = workers_of(server)
        server.process.kill()
        server.process.wait()
        deadline = time.monotonic() + PATIENCE
        while any(
            Path(f"/proc/{pid}/fd").exists() and os.listdir(f"/proc/{pid}/fd") for pid in workers
        ):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    with running_server(instance, settings) as again:
        assert ask(again.url, "/robots.txt").status == 200


def test_a_server_of_which_no_worker_can_start_ends(instance: Path) -> None:
    make_secrets(instance)
    settings = {"STET_PORT": str(free_port()), "STET_WORKERS": str(WORKERS)}
    ended = subprocess.run(
        served.command("tests.core.hasty:broken"),
        cwd=ROOT,
        env=clean_environment(instance, settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "This worker cannot start." in ended.stdout + ended.stderr
