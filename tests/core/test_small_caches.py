"""What processes remember of what anybody may send stays small, whatever is sent."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable

import pytest

from app.core.pagecache.encodings import best_encoding
from app.search.words import fold

MEGABYTE = 1024 * 1024
KEPT = 2 * MEGABYTE


def every_character() -> None:
    """Each character of Unicode, as a search might hold it, some hundred at a time."""
    for first in range(0, sys.maxunicode, 512):
        fold("".join(map(chr, range(first, first + 512))))


def long_headers() -> None:
    """Names of encodings that differ in each request."""
    for number in range(300):
        best_encoding(f"gzip, x{number}, " + "x" * 60_000)


@pytest.mark.parametrize("send", [every_character, long_headers])
def test_what_is_remembered_is_bounded_in_bytes(send: Callable[[], None]) -> None:
    tracemalloc.start()
    try:
        send()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < KEPT
