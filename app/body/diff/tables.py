"""Pairs the columns, rows and cells of two versions of a table, so that it is compared cell by cell.

`compare` uses it for redlines. Columns are known by their headers, rows by their first cells.
"""

from collections.abc import Sequence

from app.body.align import matching
from app.body.diff.pairing import Pair, paired
from app.body.document import Node
from app.body.tables import cell_text, cells

ColumnPair = tuple[int | None, int | None]
"""The number of a column in the older and in the newer table. None where it is not there."""

_EMPTY: Node = {"type": "table_cell"}


def column_pairs(old: Node, new: Node) -> list[ColumnPair]:
    """The columns of both tables in order. A renamed column stays what stands in its place."""
    before, after = (
        [cell_text(cell) for cell in cells(table["content"][0])] for table in (old, new)
    )
    pairs: list[ColumnPair] = []
    low = left = 0
    for index, position in [*matching(before, after), (len(before), len(after))]:
        both = min(index - low, position - left)
        pairs += [(low + step, left + step) for step in range(both)]
        pairs += [(column, None) for column in range(low + both, index)]
        pairs += [(None, column) for column in range(left + both, position)]
        if index < len(before):
            pairs.append((index, position))
        low, left = index + 1, position + 1
    return pairs


def row_pairs(old: Node, new: Node) -> list[Pair]:
    """The rows of both tables in order. The headers are always a pair."""
    before, after = old["content"], new["content"]
    return [(before[0], after[0]), *paired(before[1:], after[1:])]


def cell_pairs(old: Node | None, new: Node | None, columns: Sequence[ColumnPair]) -> list[Pair]:
    """The cells of a row in every column of either table.

    A row that came has an empty cell in a column that left, and the other way round, so that all rows have
    equally many cells.
    """
    pairs: list[Pair] = []
    for was, now in columns:
        before = cells(old)[was] if old is not None and was is not None else None
        after = cells(new)[now] if new is not None and now is not None else None
        pairs.append((before, after) if before or after else (_EMPTY, _EMPTY))
    return pairs
