"""`make soak`: workers are killed while readers read, and the whole server is started beside that."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings, some_paths
from tests.bench.soak import readers
from tests.support.databases import running_app
from tests.support.server import LiveServer, running_server
from tests.support.workers import kill, workers_of

STORIES = 200
KILLS, STARTS = 200, 5
PATIENCE = 20  # seconds
READING = 600.0  # seconds, if nobody ends it earlier
# Each kill comes at another moment of the new worker's life.
LONGEST_PAUSE = 0.5


def figures() -> Iterator[Figure]:
    """How soon a killed worker is replaced, and how soon a server answers, both beside readers."""
    with demo_site(STORIES) as instance, running_app(settings(instance)) as app:
        paths = ["/", *some_paths(app, 50)]
        with running_server(instance, {"STET_WORKERS": "2"}) as server:
            with reading(server, paths):
                times = list(replacements(server))
            with reading(server, paths):
                starts = [start_beside(instance) for _ in range(STARTS)]
            ended = server.process.poll() is not None
    yield Figure("Workers killed", len(times), "kills", KILLS)
    yield Figure("Servers that ended with a worker", int(ended), "servers", 0, "at most")
    yield Figure("Until a worker is replaced, median", statistics.median(times), "s")
    yield Figure("Until a worker is replaced, at most", max(times), "s", 1, "at most")
    yield Figure(
        "Until a server answers, beside readers", statistics.median(starts), "s", 1.5, "at most"
    )


@contextmanager
def reading(server: LiveServer, paths: list[str]) -> Iterator[None]:
    """Readers at `server` until the block ends; those whose worker is killed make room for others."""
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            process = readers(server, paths, READING)
            while process.poll() is None and not over.wait(0.1):
                pass
            process.kill()
            process.communicate()

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def replacements(server: LiveServer) -> Iterator[float]:
    """The seconds until each killed worker was replaced."""
    chance = random.Random(1)
    for _ in range(KILLS):
        yield kill(server, chance.choice(workers_of(server)), PATIENCE)
        time.sleep(chance.random() * LONGEST_PAUSE)


def start_beside(instance: Path) -> float:
    """The seconds until another server for the same site answers, at another port."""
    begun = time.monotonic()
    with running_server(instance, {"STET_WORKERS": "1"}):
        return time.monotonic() - begun
