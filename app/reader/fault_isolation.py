"""Fault isolation: a story that cannot be shown does not break the lists that contain it.

Feeds and sitemaps make each story with `isolated_each`, and templates print each card with `isolated`. A
story that fails is left out and logged. The story's own page says that it cannot be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flask import current_app
from markupsafe import Markup

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def isolated_each(make: Callable[[Thing], Made], things: Iterable[Thing]) -> Iterator[Made]:
    """The results of `make` for each of `things`, without those for which it fails."""
    for thing in things:
        try:
            yield make(thing)
        except Exception:  # any error in one must not affect the others
            current_app.logger.exception("Left out, as it cannot be shown: %.500r", thing)


def isolated(macro: Callable[..., Markup], *values: object) -> Markup:
    """The output of a template's `macro` for `values`, or nothing if it fails."""
    try:
        return macro(*values)
    except Exception:  # any error in one must not affect the others
        current_app.logger.exception("Left out, as it cannot be shown: %.500r", values)
        return Markup()
