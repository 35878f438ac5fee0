"""Connections that send nothing and forms that never end: they end, and nobody else notices them."""

from __future__ import annotations

import http.client
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest

from app.core.secrets import make_secrets
from tests.bench import served
from tests.core.hasty import PATIENCE, SLOW
from tests.support.raw import ask
from tests.support.remote import RemoteEditor
from tests.support.server import LiveServer, run_stet, running_server
from tests.support.silence import HALF_A_FORM, connect, times_of_readers, waiting

pytestmark = pytest.mark.slow

EDITOR = "amina@news.example.com"
READ = ("/", "/politics", "/search?q=talks", "/newsroom/sign-in")
HEAD_TIMEOUT = 15  # seconds
SETTINGS = {"STET_WORKERS": "1"}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the stories that ship, and an editor."""
    instance = tmp_path_factory.mktemp("paper")
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    run_stet(
        "person",
        "add",
        EDITOR,
        "--name",
        "Amina",
        "--role",
        "editor",
        instance=instance,
        settings={},
    )
    return instance


@pytest.fixture(scope="module")
def server(paper: Path) -> Iterator[LiveServer]:
    """The site as `stet serve` runs it."""
    with running_server(paper, SETTINGS) as running:
        yield running


def test_readers_and_editors_notice_neither_silence_nor_half_forms(server: LiveServer) -> None:
    editor = RemoteEditor(server, EDITOR)
    alone = median(times_of_readers(server.url, READ, 100))
    with waiting(server.url, silent=700, half_sent=60):
        among_them = times_of_readers(server.url, READ, 100)
        assert (
            ask(server.url, "/newsroom/session", "Content-Length: 3", method="POST").status == 503
        )
        assert editor.save(1, "Saved among half-sent forms.") < 10
    assert median(among_them) < 4 * alone + 0.1
    assert among_them[-1] < 5


def closed_after(connection: socket.socket) -> float:
    """The seconds until the server closes the connection."""
    started = time.monotonic()
    connection.settimeout(HEAD_TIMEOUT + 20)
    with suppress(ConnectionError):
        while connection.recv(65536):
            pass
    return time.monotonic() - started


def test_what_sends_no_whole_head_is_closed(server: LiveServer) -> None:
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    begun = (b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", preface, b"\x16\x03\x01")
    connections = [connect(server.url, begin) for begin in begun * 4]
    started = time.monotonic()
    for connection in connections:
        closed_after(connection)
        connection.close()
    assert time.monotonic() - started < HEAD_TIMEOUT + 5


@pytest.fixture(scope="module")
def hasty(paper: Path) -> Iterator[LiveServer]:
    """The same with less patience."""
    with running_server(paper, SETTINGS, served.command("tests.core.hasty:create")) as running:
        yield running
        assert "Traceback" not in running.log.read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says when something was last sent")
def test_a_form_that_never_ends_is_closed_and_a_reader_who_comes_back_is_not(
    hasty: LiveServer,
) -> None:
    over = threading.Event()
    dripping, still = connect(hasty.url, HALF_A_FORM), connect(hasty.url, HALF_A_FORM)
    reader = http.client.HTTPConnection(urlsplit(hasty.url).netloc)

    def drip() -> None:
        with suppress(OSError):
            while not over.wait(0.2):
                dripping.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE + 3:
        reader.request("GET", "/")
        assert reader.getresponse().read()
        time.sleep(PATIENCE / 3)
    assert closed_after(dripping) + closed_after(still) < 3
    over.set()
    thread.join()
    for each in (dripping, still, reader):
        each.close()


def test_a_page_that_takes_long_is_waited_for(hasty: LiveServer) -> None:
    assert ask(hasty.url, SLOW).body == b"slow"


def test_many_sign_ins_at_once_are_refused_at_once_and_hold_nobody_up(server: LiveServer) -> None:
    page = ask(server.url, "/newsroom/sign-in")
    token = page.body.split(b'name="csrf_token" value="')[1].split(b'"')[0]
    cookie = "Cookie: " + page.headers["set-cookie"].partition(";")[0]
    form = b"csrf_token=%s&email=a%%40b.example&password=wrong+word+again" % token
    kind = "Content-Type: application/x-www-form-urlencoded"
    answers: list[tuple[int, str]] = []
    over = threading.Event()

    def guess() -> None:
        while not over.is_set():
            length = f"Content-Length: {len(form)}"
            answer = ask(
                server.url, "/newsroom/session", kind, cookie, length, method="POST", body=form
            )
            answers.append((answer.status, answer.headers.get("retry-after", "")))

    threads = [threading.Thread(target=guess) for _ in range(24)]
    for thread in threads:
        thread.start()
    try:
        waited = times_of_readers(server.url, ("/search?q=talks", "/newsroom/sign-in"), 30)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert waited[-1] < 5
    assert {*answers} >= {(503, "3")}
    assert {status for status, _ in answers} <= {401, 429, 503}
