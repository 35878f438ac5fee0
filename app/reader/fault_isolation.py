"""Fault isolation: a story that cannot be shown does not take down the lists that it stands in.

Feeds and sitemaps are made story by story through `isolated_each`; templates print their cards through
`isolated`. What fails is left out there and logged; the story's own page says that it cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flask import current_app
from markupsafe import Markup

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def isolated_each(make: Callable[[Thing], Made], things: Iterable[Thing]) -> Iterator[Made]:
    """What `make` makes of each of `things`, less those that it fails on."""
    for thing in things:
        try:
            yield make(thing)
        except Exception:  # whatever is wrong with one must not reach the others
            current_app.logger.exception("Left out, as it cannot be shown: %.500r", thing)


def isolated(macro: Callable[[Thing], Markup], thing: Thing) -> Markup:
    """What a template's `macro` prints for `thing`; nothing when it fails."""
    return next(isolated_each(macro, (thing,)), Markup())
