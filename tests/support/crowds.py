"""Many readers at a real server: who was shown something old, and what happens when all come at once.

Called by the tests of the page cache and by the benchmarks, which ask for longer.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_EDITION = re.compile(rb"Edition (\d+)")

Found = TypeVar("Found")


@dataclass
class Published:
    """The number in the story when its last publication was answered: `Edition 7` stands on the page."""

    last: int = 0


@contextmanager
def publishing(publish: Callable[[int], object], pause: float) -> Iterator[Published]:
    """Call `publish` with 1, 2, 3 … and `pause` seconds between, in a thread, until the block ends."""
    published, over = Published(), threading.Event()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            while not over.wait(pause):
                publish(published.last + 1)
                published.last += 1
        except BaseException as error:
            failed.append(error)

    publish(1)
    published.last = 1
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield published
    finally:
        over.set()
        thread.join()
    if failed:
        raise failed[0]


@dataclass
class Answers:
    """What the readers of one story were shown."""

    asked: int = 0
    refused: int = 0
    stale: int = 0


def read_while_published(
    url: str, path: str, published: Published, *, requests: int, connections: int
) -> Answers:
    """Ask for the story so often; stale is what is older than what was out when it was asked for."""
    return _awaited(_read(url, path, published, requests, connections))


def _awaited(crowd: Coroutine[Any, Any, Found]) -> Found:
    """What comes of `crowd`, in a thread of its own: Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, crowd).result()


async def _read(
    url: str, path: str, published: Published, requests: int, connections: int
) -> Answers:
    answers = Answers()
    request = _request(url, path)

    async def reader() -> None:
        connection = await _connect(url)
        while answers.asked < requests:
            answers.asked += 1
            out = published.last
            status, body = await _ask(connection, request)
            said = _EDITION.search(body)
            answers.refused += status != 200
            answers.stale += said is None or int(said[1]) < out
        connection[1].close()

    await asyncio.gather(*(reader() for _ in range(connections)))
    return answers


@dataclass
class Herd:
    """How readers fared who all came at once."""

    statuses: list[int] = field(default_factory=list)
    seconds: float = 0.0  # until the last was answered


def come_at_once(url: str, paths: Sequence[str], readers: int, first: Callable[[], object]) -> Herd:
    """Let so many readers connect, do `first`, then have all ask at once, for the paths in turn."""
    return _awaited(_come(url, paths, readers, first))


async def _come(url: str, paths: Sequence[str], readers: int, first: Callable[[], object]) -> Herd:
    connections = [await _connect(url) for _ in range(readers)]
    first()
    started = time.perf_counter()
    asked = (
        _ask(connection, _request(url, paths[number % len(paths)]))
        for number, connection in enumerate(connections)
    )
    answers = await asyncio.gather(*asked)
    taken = time.perf_counter() - started
    for _, writer in connections:
        writer.close()
    return Herd([status for status, _ in answers], taken)


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _connect(url: str) -> Connection:
    parts = urlsplit(url)
    assert parts.port is not None
    return await asyncio.open_connection("127.0.0.1", parts.port)


def _request(url: str, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n\r\n".encode()


async def _ask(connection: Connection, request: bytes) -> tuple[int, bytes]:
    reader, writer = connection
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    assert length is not None, head
    return int(head[9:12]), await reader.readexactly(int(length[1]))
