"""Merges two editors' changes to one table, row by row and cell by cell.

`merge` asks here before it calls a table that both have changed a clash. Under a header that one of them
has changed, a cell may mean something else. Such a table is left to an editor, and so are two changes to
one cell.
"""

from collections.abc import Callable, Sequence
from typing import Any

from app.body.document import Node
from app.body.tables import cells

MergedRows = Callable[[Sequence[Node], Sequence[Node], Sequence[Node]], Sequence[Node] | None]
"""Merges the rows of three versions, or gives None if they clash."""


def merged_inside(
    base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node], rows: MergedRows
) -> Node | None:
    """The table, or the row of one, with the changes of both sides. None if it is neither, or they clash."""
    if not len(base) == len(mine) == len(theirs) == 1:
        return None
    sides = base[0], mine[0], theirs[0]
    kinds = {side["type"] for side in sides}
    if kinds == {"table"}:
        return _merged_table(*sides, rows)
    return _merged_row(*sides) if kinds == {"table_row"} else None


def _merged_table(base: Node, mine: Node, theirs: Node, rows: MergedRows) -> Node | None:
    header = base["content"][0]
    if any(side["content"][0] != header or _suggested(side) for side in (mine, theirs)):
        return None
    attrs = {
        name: _chosen(base["attrs"][name], mine["attrs"][name], theirs["attrs"][name])
        for name in base["attrs"]
    }
    below = rows(*(side["content"][1:] for side in (base, mine, theirs)))
    if below is None or None in attrs.values():
        return None
    return {**base, "attrs": attrs, "content": [header, *below]}


def _merged_row(base: Node, mine: Node, theirs: Node) -> Node | None:
    if any(_suggested(side) for side in (base, mine, theirs)):
        return None
    columns = zip(*(cells(side) for side in (base, mine, theirs)), strict=True)
    merged = [_chosen(*column) for column in columns]
    return None if None in merged else {**base, "content": merged}


def _suggested(node: Node) -> bool:
    """Whether the table or row itself is only suggested, or suggested to be deleted."""
    return "marks" in node


def _chosen(base: Any, mine: Any, theirs: Any) -> Any:
    """What only one side changed, or both in the same way. None if they clash."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None
