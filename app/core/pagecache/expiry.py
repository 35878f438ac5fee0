"""Code that renders a page says here until when its part of the page is right.

Called from anywhere in `app` while a page is rendered. The page cache renders the page again after the
earliest of these moments.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_collected: ContextVar[list[datetime] | None] = ContextVar("stet_page_expiry", default=None)


def expires_at(moment: datetime) -> None:
    """The page that is being rendered will be out of date at `moment` (which has a zone).

    Does nothing where no page is rendered for the cache: in commands, jobs and the newsroom.
    """
    collected = _collected.get()
    if collected is not None:
        collected.append(moment)


@contextmanager
def collecting(latest: datetime) -> Iterator[list[datetime]]:
    """The moments given to `expires_at` inside the block, with `latest` as the first of them."""
    collected = [latest]
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)
