"""Divides the rows of a large table by their ids, so that they are not all looked at in one go."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.core.db import LARGEST_ID, db


class IdRange(NamedTuple):
    """The ids from `first` to `last`, both included."""

    first: int
    last: int

    def holds(self, column: Any) -> ColumnElement[bool]:
        """For statements: whether an id is in the range."""
        found: ColumnElement[bool] = column.between(self.first, self.last)
        return found


ALL_IDS = IdRange(1, LARGEST_ID)


def id_ranges(column: Any, size: int) -> list[IdRange]:
    """Ranges of `size` ids that hold every row. The last one has no end: also later rows are in one."""
    highest: int = db.session.scalar(select(func.max(column))) or 0
    starts = range(1, max(highest, 1) + 1, size)
    return [
        *(IdRange(first, first + size - 1) for first in starts[:-1]),
        IdRange(starts[-1], LARGEST_ID),
    ]
