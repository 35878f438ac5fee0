"""Requests as bytes on a socket, for what no HTTP library would send. Used by the tests of bad input."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back. `headers` are in small letters; `seconds` is the time to the last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    def without_date(self) -> tuple[int, dict[str, str], bytes]:
        """All that must be the same for everybody."""
        return self.status, {k: v for k, v in self.headers.items() if k != "date"}, self.body


def ask(
    url: str,
    target: str | bytes,
    *headers: str | bytes,
    method: str = "GET",
    body: bytes = b"",
    host: str | None = None,
) -> Answer:
    """Send one request to the server at `url`, `target` and `headers` as they are; `host` is the server's own
    unless given.
    """
    place = urlsplit(url).netloc
    lines = [b" ".join((method.encode(), _bytes(target), b"HTTP/1.1"))]
    lines += [b"Host: " + (place if host is None else host).encode("latin-1")]
    lines += [*map(_bytes, headers), b"Connection: close", b"", body]
    return send(url, b"\r\n".join(lines))


def send(url: str, request: bytes) -> Answer:
    """Send these very bytes and read until the server closes."""
    parts = urlsplit(url)
    started = time.monotonic()
    with socket.create_connection((parts.hostname, parts.port), timeout=TIMEOUT) as connection:
        answer = b""
        with suppress(ConnectionError):  # a server may refuse before it has read all
            connection.sendall(request)
        with suppress(ConnectionError):
            while received := connection.recv(65536):
                answer += received
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    return Answer(int(first.split()[1]), _headers(rest), body, time.monotonic() - started)


def _headers(lines: Sequence[str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines)
    return {name.lower(): value.strip() for name, _, value in pairs}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
