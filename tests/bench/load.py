"""A load generator that a fresh machine has: asyncio and nothing else. Run in a process of its own.

`python -m tests.bench.load PORT CONNECTIONS SECONDS` reads paths from its input, one a line, and asks for
them in turn over connections that stay open, as fast as they are answered. Prints one line of JSON. It costs
about 50 µs of one core for each request, which the measured server cannot use.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import cycle

_LENGTH = b"content-length: "


class Reader(asyncio.Protocol):
    """One connection: asks, waits for the whole answer, asks for the next path."""

    def __init__(self, paths: Iterator[bytes], until: float) -> None:
        self.paths, self.until = paths, until
        self.times: list[float] = []
        self.refused = 0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.left, self.head = -1, b""
        self.asked = time.perf_counter()
        if self.asked >= self.until:
            self.transport.close()
            return
        path = next(self.paths)
        self.transport.write(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        if self.left < 0:
            self.head += data
            head, end, body = self.head.partition(b"\r\n\r\n")
            if not end:
                return
            self.left = _length(head) - len(body)
            self.refused += not head.startswith(b"HTTP/1.1 200 ")
        else:
            self.left -= len(data)
        if self.left <= 0:
            self.times.append(time.perf_counter() - self.asked)
            self._ask()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _length(head: bytes) -> int:
    low = head.lower()
    start = low.index(_LENGTH) + len(_LENGTH)
    return int(low[start:].partition(b"\r\n")[0])


async def measure(
    port: int, connections: int, seconds: float, paths: list[str]
) -> dict[str, float]:
    """Ask for `seconds`; requests a second, the median and 99th percentile in ms, and how many failed."""
    turns = cycle(path.encode() for path in paths)
    started = time.perf_counter()
    loop = asyncio.get_running_loop()
    readers: list[Reader] = []
    for _ in range(connections):
        _transport, reader = await loop.create_connection(
            lambda: Reader(turns, started + seconds), "127.0.0.1", port
        )
        readers.append(reader)
    await asyncio.gather(*(reader.done for reader in readers))
    times = [each for reader in readers for each in reader.times]
    cuts = statistics.quantiles(times or [0.0, 0.0], n=100)
    return {
        "rate": len(times) / (time.perf_counter() - started),
        "median_ms": cuts[49] * 1000,
        "p99_ms": cuts[98] * 1000,
        "refused": sum(reader.refused for reader in readers),
    }


if __name__ == "__main__":
    _port, _connections, _seconds = sys.argv[1:]
    _paths = sys.stdin.read().split()
    print(json.dumps(asyncio.run(measure(int(_port), int(_connections), float(_seconds), _paths))))
