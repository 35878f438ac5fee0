"""Connections that send nothing, or a form that never ends, and how readers fare beside them.

Called by the tests of the server with some hundreds, and by `make soak` with thousands.
"""

from __future__ import annotations

import socket
import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from urllib.parse import urlsplit

from tests.support.raw import ask

HALF_A_FORM = (
    b"POST /newsroom/session HTTP/1.1\r\nHost: stet.test\r\nContent-Length: 100\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
)


def connect(url: str, begin: bytes = b"") -> socket.socket:
    """A connection over which `begin` was sent and nothing more comes."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
    connection.sendall(begin)
    return connection


@contextmanager
def waiting(url: str, silent: int, half_sent: int) -> Iterator[None]:
    """So many silent connections and half-sent forms, until the block ends."""
    with ExitStack() as open_ones:
        for begin in (*[b""] * silent, *[HALF_A_FORM] * half_sent):
            open_ones.enter_context(closing(connect(url, begin)))
        yield


def times_of_readers(url: str, paths: Sequence[str], requests: int) -> list[float]:
    """The seconds that so many readers waited, each over a connection of their own, from quick to slow."""
    answers = [ask(url, paths[number % len(paths)]) for number in range(requests)]
    assert {answer.status for answer in answers} == {200}
    return sorted(answer.seconds for answer in answers)


def p99(seconds: Sequence[float]) -> float:
    """What 99 of 100 stay below, in milliseconds."""
    return statistics.quantiles(seconds, n=100)[-1] * 1000
