"""The forms that are arriving at this process, and which of them have taken too long."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds for a form to arrive, and bytes for which it gets one second more: a slow line, but one that moves.
PATIENCE = 30.0
_SLOWEST = 32 * 1024


class Arrivals:
    """Knows until when each form must have arrived, and the address from which it is sent."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._arriving: dict[int, tuple[str, float]] = {}
        self._numbers = itertools.count()
        self._changing = threading.Lock()

    @contextmanager
    def expected(self, address: str, length: int) -> Iterator[None]:
        """While a form of `length` bytes is read that comes from `address`, as the server knows it."""
        number = next(self._numbers)
        with self._changing:
            self._arriving[number] = (
                address,
                time.monotonic() + self.patience + length / _SLOWEST,
            )
        try:
            yield
        finally:
            with self._changing:
                del self._arriving[number]

    def late(self) -> frozenset[str]:
        """The addresses from which a form should have arrived by now."""
        now = time.monotonic()
        with self._changing:
            waiting = list(self._arriving.values())
        return frozenset(address for address, until in waiting if until < now)
