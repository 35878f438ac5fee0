"""What a table is: rows of equally many cells, the first row being the header.

`align` has one letter for each column: `s` for the start of the line, `c` for the centre, `e` for the end,
and `-` for none. It is empty if no column has one. Start and end follow the direction of the text.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

_Part: TypeAlias = Mapping[
    str, Any
]  # a table, row or cell in JSON; `document` has the name for others

MAX_ROWS = 500
MAX_COLUMNS = 30
MAX_CELLS = 5_000
_LONGEST_LABEL = 200


def table_problem(table: _Part) -> str | None:
    """What is wrong with the size or shape of a table, or None."""
    rows = table["content"]
    columns = len(rows[0]["content"])
    if too_large := size_problem(len(rows), columns):
        return too_large
    if any(len(row["content"]) != columns for row in rows):
        return "the rows of a table have equally many cells"
    if len(table["attrs"]["align"]) not in (0, columns):
        return "the alignment of a table has one letter for each column"
    return None


def size_problem(rows: int, columns: int) -> str | None:
    """What is too large about a table of this size, or None."""
    if columns > MAX_COLUMNS:
        return f"a table may have {MAX_COLUMNS} columns at most"
    if rows > MAX_ROWS:
        return f"a table may have {MAX_ROWS} rows at most"
    if rows * columns > MAX_CELLS:
        return f"a table may have {MAX_CELLS:,} cells at most"
    return None


def cells(row: _Part) -> Sequence[_Part]:
    """The cells of a row."""
    found: Sequence[_Part] = row.get("content", ())
    return found


def cell_text(cell: _Part) -> str:
    """The text of a cell, without marks."""
    return "".join(text["text"] for text in cell.get("content", ()))


def has_header(table: _Part) -> bool:
    """Whether the header has any words. A table without them shows no header."""
    return any(cell_text(cell).strip() for cell in cells(table["content"][0]))


def label(table: _Part) -> str:
    """What a table is called by those who cannot see it: its caption, or else the words of its first row."""
    caption: str = table["attrs"]["caption"].strip()
    shown = table["content"] if has_header(table) else table["content"][1:]
    words = (cell_text(cell).strip() for row in shown[:1] for cell in cells(row))
    return (caption or ", ".join(filter(None, words)))[:_LONGEST_LABEL]


def letter(table: _Part, column: int) -> str:
    """The alignment of a column, as in `align`."""
    align: str = table["attrs"]["align"]
    return align[column] if column < len(align) else "-"
