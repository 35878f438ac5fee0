"""Finds a free name like `bridge-2` without reading all the names that begin like it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

# The first numbers are tried one by one, then each is twice the one before: 16, 32, … 2**30.
_FIRST = tuple(range(2, 10))
# How much longer a name can become: a hyphen and ten digits.
LONGEST_ENDING = 11
_TRIED = (*_FIRST, *(2**power for power in range(4, 31)))

TakenNames = Callable[[Iterable[str]], Collection[str]]
"""A function that returns those of the given names that are taken."""


def free_name(wanted: str, stem: str, taken: TakenNames) -> str:
    """`wanted`, or `stem-2`, `stem-3` … when it is taken.

    `taken` is asked once, about a few dozen names. Only when more than eight names are taken, it is asked a
    few times more, and the number that is found is free but not always the lowest.
    """
    found = taken([wanted, *(f"{stem}-{number}" for number in _TRIED)])
    if wanted not in found:
        return wanted
    free = next(place for place, number in enumerate(_TRIED) if f"{stem}-{number}" not in found)
    if free < len(_FIRST):
        return f"{stem}-{_TRIED[free]}"
    return f"{stem}-{_between(_TRIED[free - 1], _TRIED[free], stem, taken)}"


def _between(used: int, free: int, stem: str, taken: TakenNames) -> int:
    """A free number after `used`, which is taken, up to `free`, which is not."""
    while free - used > 1:
        middle = (used + free) // 2
        if taken([f"{stem}-{middle}"]):
            used = middle
        else:
            free = middle
    return free
