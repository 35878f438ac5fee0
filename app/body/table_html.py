"""A table as HTML for readers. It scrolls by itself where it is wider than the page.

`html` calls it. The classes are those of the reader's style sheet. What scrolls has a name and can be
focused, so that it can be scrolled with the keyboard.
"""

from collections.abc import Callable
from html import escape

from app.body.document import Node
from app.body.tables import cells, has_header, label, letter

_CLASSES = {"s": "start", "c": "center", "e": "end"}

Shown = Callable[[Node], str]
"""Gives a part of a cell as HTML."""


def table_html(table: Node, inner: Shown, direction: Shown) -> str:
    """The whole table.

    Args:
        inner: the text of a cell.
        direction: its attribute for the direction, with a space before it, or nothing.
    """
    caption = escape(table["attrs"]["caption"], quote=False)
    rows = [_Row(table, row, inner, direction) for row in table["content"]]
    head = f"<thead>{rows[0].html(_header)}</thead>" if has_header(table) else ""
    body = "".join(row.html(_data) for row in rows[1:])
    start = scrolling_start(table)
    return (
        f"{start}<table>{f'<caption>{caption}</caption>' if caption else ''}{head}"
        f"{f'<tbody>{body}</tbody>' if body else ''}</table></div>"
    )


def scrolling_start(table: Node) -> str:
    """The opening tag of what the table scrolls in."""
    name = escape(label(table))
    return (
        f'<div class=table role=group aria-label="{name}" tabindex=0>'
        if name
        else "<div class=table>"
    )


def cell_class(table: Node, column: int) -> str:
    """The attribute for the alignment of a column, with a space before it, or nothing."""
    name = _CLASSES.get(letter(table, column))
    return f" class={name}" if name else ""


class _Row:
    def __init__(self, table: Node, row: Node, inner: Shown, direction: Shown) -> None:
        self._table, self._cells = table, cells(row)
        self._inner, self._direction = inner, direction

    def html(self, wrap: Callable[[str, str], str]) -> str:
        shown = (
            wrap(cell_class(self._table, column) + self._direction(cell), self._inner(cell))
            for column, cell in enumerate(self._cells)
        )
        return f"<tr>{''.join(shown)}</tr>"


def _header(attributes: str, inner: str) -> str:
    """A cell of the header. An empty one heads nothing, so it is a plain cell."""
    return f"<th scope=col{attributes}>{inner}</th>" if inner else "<td></td>"


def _data(attributes: str, inner: str) -> str:
    return f"<td{attributes}>{inner}</td>"
