"""Finds the common items of two sequences, in limited time.

`diff`, `merge` and the Markdown reader use it. The standard library's SequenceMatcher gives the best result
for small differences, but it is quadratic, or worse, for long sequences with many equal items. So equal ends
are cut off first, items that occur once on both sides split the rest, and only small pieces go to
SequenceMatcher. A large piece without such items counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

_PAIRS = 40_000  # most comparisons of equal items that a piece may cost


def matching(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of indexes of equal items, ascending on both sides."""
    pairs: list[tuple[int, int]] = []
    waiting = [(0, len(before), 0, len(after))]
    while waiting:
        low, high, left, right = waiting.pop()
        while low < high and left < right and before[low] == after[left]:
            pairs.append((low, left))
            low, left = low + 1, left + 1
        while low < high and left < right and before[high - 1] == after[right - 1]:
            high, right = high - 1, right - 1
            pairs.append((high, right))
        if low < high and left < right:
            found, pieces = _split(before, after, (low, high, left, right))
            pairs.extend(found)
            waiting.extend(pieces)
    return sorted(pairs)


_Range = tuple[int, int, int, int]


def _split(
    before: Sequence[Hashable], after: Sequence[Hashable], span: _Range
) -> tuple[list[tuple[int, int]], list[_Range]]:
    """Matches inside a span whose ends differ, and the pieces that are still to be compared."""
    low, high, left, right = span
    old, new = Counter(before[low:high]), Counter(after[left:right])
    shared = sum(number * new[item] for item, number in old.items())
    if not shared:
        return [], []
    if shared <= _PAIRS:
        return _matched(before, after, span), []
    once = {item for item, number in old.items() if number == 1 and new[item] == 1}
    landmarks = _landmarks(before, after, span, once)
    return landmarks, _between(landmarks, span) if landmarks else []


def _matched(
    before: Sequence[Hashable], after: Sequence[Hashable], span: _Range
) -> list[tuple[int, int]]:
    low, high, left, right = span
    matcher = SequenceMatcher(None, before[low:high], after[left:right], autojunk=False)
    return [
        (low + block.a + step, left + block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]


def _landmarks(
    before: Sequence[Hashable], after: Sequence[Hashable], span: _Range, once: set[Hashable]
) -> list[tuple[int, int]]:
    """The longest ascending sequence of items that occur once on both sides (patience diff)."""
    low, high, left, right = span
    where = {after[index]: index for index in range(left, right) if after[index] in once}
    pairs = [(index, where[before[index]]) for index in range(low, high) if before[index] in once]
    ends: list[int] = []
    best: list[int] = []
    previous: list[int] = []
    for number, (_, position) in enumerate(pairs):
        length = bisect_left(ends, position)
        previous.append(best[length - 1] if length else -1)
        ends[length : length + 1] = [position]
        best[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = best[-1] if best else -1
    while number >= 0:
        chain.append(pairs[number])
        number = previous[number]
    return chain[::-1]


def _between(landmarks: list[tuple[int, int]], span: _Range) -> list[_Range]:
    low, high, left, right = span
    pieces = []
    for index, position in [*landmarks, (high, right)]:
        pieces.append((low, index, left, position))
        low, left = index + 1, position + 1
    return pieces
