"""How whatever takes part in making a page says until when that page will be right.

Called from anywhere in `app` while a page is made; read by the cache, which makes the page anew after the
earliest moment that was said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_said: ContextVar[list[datetime] | None] = ContextVar("stet_due", default=None)


def due(moment: datetime) -> None:
    """Say that what readers see on the page being made is due to change at `moment` (with zone).

    Says nothing to anybody where no page is made for the cache: in commands, jobs and the newsroom.
    """
    said = _said.get()
    if said is not None:
        said.append(moment)


@contextmanager
def listening(last: datetime) -> Iterator[list[datetime]]:
    """The moments said inside the block, after `last`, which is the latest that it can be."""
    said = [last]
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)
