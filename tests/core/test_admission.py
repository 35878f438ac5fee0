"""Forms that arrive slowly or never at the real server: nobody else has to wait for them."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import pytest

from app.core.secrets import make_secrets
from tests.support.raw import Answer, ask
from tests.support.server import LiveServer, run_stet, running_server

FORM = "/newsroom/session"
HEAD = "Content-Type: application/x-www-form-urlencoded"
READERS = ("/", "/search?q=talks", "/newsroom/sign-in", "/static/icon.svg")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The site as `stet serve` runs it, with the stories that ship."""
    instance = tmp_path_factory.mktemp("paper")
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    with running_server(instance, {"STET_WORKERS": "1"}) as running:
        yield running


def sent(server: LiveServer) -> Answer:
    """The response to a small form that arrives in one piece."""
    return ask(server.url, FORM, HEAD, "Content-Length: 3", method="POST", body=b"a=b")


def begun(server: LiveServer, *headers: str, path: str = FORM) -> socket.socket:
    """A form whose end is never sent."""
    parts = urlsplit(server.url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=10)
    lines = (f"POST {path} HTTP/1.1", "Host: stet.test", HEAD, *headers, "", "5", "ab")
    connection.sendall("\r\n".join(lines).encode())
    return connection


@pytest.mark.slow
def test_unfinished_forms_hold_no_reader_up(server: LiveServer) -> None:
    """No connection hangs, and many slow clients do not slow a reader."""
    with ExitStack() as open_ones:
        for number in range(200):
            length = 10 if number % 2 else 60_000
            connection = begun(server, f"Content-Length: {length}")
            open_ones.enter_context(closing(connection))
        for _ in range(5):
            for path in READERS:
                answer = ask(server.url, path)
                assert answer.status == 200, path
                assert answer.seconds < 5, path  # and not until the senders of forms have gone
        refused = sent(server)
        assert (refused.status, refused.headers["retry-after"]) == (503, "5")
        assert refused.seconds < 5
    deadline = time.monotonic() + 10
    while sent(server).status == 503:  # until it has been seen that their senders have gone
        assert time.monotonic() < deadline
    assert sent(server).status == 403  # whole, and refused for want of its token


def test_what_is_too_large_is_refused_before_it_arrives(server: LiveServer) -> None:
    with ExitStack() as open_ones:
        for _ in range(50):
            connection = begun(server, "Content-Length: 9000000")
            open_ones.enter_context(closing(connection))
            assert connection.recv(12) == b"HTTP/1.1 413"
        assert sent(server).status == 403


def test_large_forms_of_nobody_take_no_memory(server: LiveServer) -> None:
    before = memory_of(server)
    for body in (b"%3C" * 5_000_000, b'"' * 15_000_000):
        length = f"Content-Length: {len(body)}"
        answer = ask(server.url, FORM, HEAD, length, method="POST", body=body)
        assert (answer.status, len(answer.body) < 10_000) == (413, True)
    pieces = b"".join(b"8000\r\n%s\r\n" % (b"%3C" * 10923)[:0x8000] for _ in range(400))
    chunked = "Transfer-Encoding: chunked"
    answer = ask(server.url, FORM, HEAD, chunked, method="POST", body=pieces + b"0\r\n\r\n")
    assert answer.status == 411
    assert memory_of(server) < before + 20_000


def memory_of(server: LiveServer) -> int:
    """The resident memory of the worker, in KB."""
    pid = server.process.pid
    listed = subprocess.run(
        ["ps", "--ppid", str(pid), "-o", "rss="], capture_output=True, text=True, check=True
    )
    return sum(map(int, listed.stdout.split()))


def test_a_form_of_which_the_sender_goes_away_is_not_taken_for_whole(server: LiveServer) -> None:
    begun(server, "Content-Length: 10").close()
    assert sent(server).status == 403
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize("host", [".", "a..b", ".a", "a" * 64, "x y", "x/y", "a:b", "[::1"])
def test_what_is_no_host_is_refused(server: LiveServer, host: str) -> None:
    for path in ("/newsroom", "/newsroom/sign-in", "/newsroom/nothing"):
        answer = ask(server.url, path, host=host)
        assert answer.status == 400, path
        assert answer.headers["cache-control"] == "no-store"
    assert ask(server.url, "/search?q=talks", host=host).status == 200


@pytest.mark.parametrize("host", ["localhost:8000", "[::1]:8000", "News.Example.COM", "127.0.0.1"])
def test_what_is_a_host_is_let_in(server: LiveServer, host: str) -> None:
    assert ask(server.url, "/newsroom/sign-in", host=host).status == 200


@pytest.mark.slow
def test_forms_to_an_odd_spelling_hold_no_reader_up(server: LiveServer) -> None:
    with ExitStack() as open_ones:
        for _ in range(30):
            connection = begun(server, "Content-Length: 10", path="//newsroom/session")
            open_ones.enter_context(closing(connection))
        for path in READERS:
            assert ask(server.url, path).seconds < 2, path
