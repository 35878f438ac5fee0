"""The redline of a table as HTML: cell by cell, with unchanged rows folded and counted.

`render` calls it. The table scrolls by itself, as it does for readers.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from app.body.diff.changes import BlockChange
from app.body.diff.segments import Segment
from app.body.table_html import scrolling_start
from app.body.wording import Wording


def table_redline(
    change: BlockChange, line: Callable[[Sequence[Segment]], str], fields: str, words: Wording
) -> str:
    """The whole table.

    Args:
        line: the text of a cell with its changes.
        fields: its changed caption as HTML, or nothing.
        words: translates what is said about folded rows.
    """
    header, *rows = change.parts
    head = "".join(_row(header, "th scope=col", line))
    body = "".join(_rows(rows, len(header.parts), line, words))
    inside = f"<thead>{head}</thead>{f'<tbody>{body}</tbody>' if body else ''}"
    return f"{fields}{scrolling_start(change.node)}<table>{inside}</table></div>"


def _rows(
    rows: Sequence[BlockChange],
    columns: int,
    line: Callable[[Sequence[Segment]], str],
    words: Wording,
) -> Iterator[str]:
    for unseen, group in groupby(rows, lambda row: row.is_invisible):
        found = list(group)
        if unseen:
            number = len(found)
            said = words.ngettext("%(num)s row unchanged", "%(num)s rows unchanged", number)
            yield f"<tr><td colspan={columns:d}><p class=unchanged>{said}</p></td></tr>"
        else:
            yield from (part for row in found for part in _row(row, "td", line))


def _row(row: BlockChange, cell: str, line: Callable[[Sequence[Segment]], str]) -> Iterator[str]:
    yield "<tr>"
    for part in row.parts:
        shown = line(part.segments)
        # An empty cell of the header heads nothing, so it is a plain cell.
        tag = cell if shown else "td"
        yield f"<{tag}>{shown}</{tag.partition(' ')[0]}>"
    yield "</tr>"
