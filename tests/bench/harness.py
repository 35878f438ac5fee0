"""The common parts of all benchmarks: a figure with its bound, and two ways to measure time.

A benchmark is a module beside this one with a function `figures() -> Iterator[Figure]`.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

WARM_UP = 20  # calls
RATE_SECONDS = 3.0


@dataclass(frozen=True)
class Figure:
    """One measured number. `bound` is the project's limit for it, if there is one."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    side: Literal["at least", "at most"] = "at least"

    @property
    def is_met(self) -> bool:
        """Whether the number is on the right side of its bound."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.side == "at least" else self.value <= self.bound


def rate(call: Callable[[], object], seconds: float = RATE_SECONDS) -> float:
    """How many times a second `call` can run on one core."""
    _warm_up(call)
    made = 0
    started = time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        call()
        made += 1
    return made / elapsed


def median_ms(call: Callable[[], object], times: int = 200) -> float:
    """The median time of one `call`, in milliseconds."""
    _warm_up(call)
    return statistics.median(_timed(call) for _ in range(times)) * 1000


def _warm_up(call: Callable[[], object]) -> None:
    for _ in range(WARM_UP):
        call()


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
