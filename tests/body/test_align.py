"""Alignment: only equal items are paired, in order and quickly, and optimally when there are few."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.align import matching

_ITEMS = st.lists(st.integers(0, 4), max_size=30)


@given(_ITEMS, _ITEMS)
def test_pairs_are_equal_and_rise(before: list[int], after: list[int]) -> None:
    pairs = matching(before, after)
    assert all(before[i] == after[j] for i, j in pairs)
    assert all(a < b and c < d for (a, c), (b, d) in pairwise(pairs))


@given(_ITEMS)
def test_equal_sequences_are_paired_throughout(items: list[int]) -> None:
    assert matching(items, items) == [(n, n) for n in range(len(items))]


@pytest.mark.usefixtures("unburdened")
def test_long_sequences_split_at_landmarks() -> None:
    before = [n for part in range(300) for n in (f"mark {part}", *["same"] * 9)]
    after = [n for part in range(300) for n in (f"mark {part}", *["same"] * 9, "new")]
    start = time.process_time()
    assert len(matching(before, after)) == len(before)
    assert time.process_time() - start < 1


@pytest.mark.usefixtures("unburdened")
def test_long_sequences_without_landmarks_end_soon() -> None:
    start = time.process_time()
    matching([n % 3 for n in range(50_000)], [n % 5 % 3 for n in range(50_000)])
    assert time.process_time() - start < 1
