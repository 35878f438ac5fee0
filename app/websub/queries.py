"""Checks whether the hub was told about changes in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.core import outbox
from app.websub.notifier import KIND

LATE = timedelta(hours=1)


def findings() -> Iterator[str]:
    """A sentence for `stet check` when the hub could not be told for a long time."""
    if late := outbox.failing(KIND, LATE):
        yield (
            f"The WebSub hub could not be told for an hour that feeds have changed ({late} of them);"
            " the log of `stet serve` says why."
        )
