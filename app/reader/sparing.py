"""Keeps a story that cannot be shown from taking down the lists that it stands in.

Lists, feeds and sitemaps are made story by story through `spared`, templates print their cards through
`spare`. What fails is left out there and logged; the story's own page says that it cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flask import current_app
from markupsafe import Markup

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def spared(make: Callable[[Thing], Made], things: Iterable[Thing]) -> Iterator[Made]:
    """What `make` makes of each of `things`, less those that it fails on."""
    for thing in things:
        try:
            yield make(thing)
        except Exception:  # whatever is wrong with one must not reach the others
            current_app.logger.exception("Left out, as it cannot be shown: %.500r", thing)


def spare(macro: Callable[[Thing], Markup], thing: Thing) -> Markup:
    """What a template's `macro` prints for `thing`; nothing when it fails."""
    return next(spared(macro, (thing,)), Markup())
