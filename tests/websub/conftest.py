"""A real hub: a small web server that records requests, and can fail, redirect and hang."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.jobs import Jobs
from app.core.outbox import OutboxEntry

SITE = "http://127.0.0.1:8000"
FILES = ("rss.xml", "atom.xml", "feed.json")
LATER = timedelta(seconds=6)  # a CDN has the new feed by then


def feeds(*pages: str) -> set[str]:
    """The feeds of what these pages list."""
    return {f"{SITE}/feeds{page.rstrip('/')}/{file}" for page in pages for file in FILES}


@dataclass
class Hub:
    """What it was told; it answers `status`, 400 to a feed that ends with `refused`, once it is `open`."""

    url: str = ""
    status: int = 204
    refused: str = "none"
    posts: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    waiting: int = 0  # who was not answered yet
    open: threading.Event = field(default_factory=threading.Event)

    @property
    def told(self) -> Counter[str]:
        """How often it accepted each feed."""
        return Counter(feed for _path, form in self.posts for feed in form["hub.url"])

    def wait_for(self, told: set[str]) -> None:
        """Wait until it was told of all of these."""
        wait_until(lambda: set(self.told) >= told)


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub that accepts everything, until the test changes it."""
    hub = Hub()
    hub.open.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}/hub?key=1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield hub
    hub.open.set()
    server.shutdown()
    thread.join()
    server.server_close()


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = parse_qs(body, strict_parsing=True)
            hub.waiting += 1
            hub.open.wait(30)
            hub.waiting -= 1
            status = 400 if form["hub.url"][0].endswith(hub.refused) else hub.status
            if status < 300:
                hub.posts.append((self.path, form))
                hub.agents.add(self.headers["User-Agent"])
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def settings(settings: dict[str, str], hub: Hub) -> dict[str, str]:
    """The test's application knows the hub."""
    return settings | {"STET_WEBSUB_HUB": hub.url}


@pytest.fixture
def jobs(app: Flask) -> Iterator[Jobs]:
    """The application's jobs; their thread, where a test has started it, ends with the test."""
    jobs: Jobs = app.extensions["jobs"]
    yield jobs
    jobs.stop()


def noted() -> Counter[str]:
    """How often each feed waits to be sent to the hub."""
    db.session.rollback()
    return Counter(db.session.scalars(select(OutboxEntry.key)))


def tell_after(jobs: Jobs, time: timedelta) -> float:
    """Send what is due after this time. Returns the seconds until the next entry is due."""
    with clock.moved_to(clock.now() + time):
        return jobs.run_due()


def wait_until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something that other processes or threads do has happened."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def slow_hub() -> Iterator[str]:
    """Answers one letter every tenth of a second, without end."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with suppress(OSError):
                while not over.wait(0.1):
                    self.wfile.write(b"H")

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    over.set()
    server.shutdown()
    thread.join()
    server.server_close()
