"""Reads a table: a line of cells between pipes, a line of hyphens below it, and the rows.

`grammar` adds the rule to the parser, and `build` reads its tokens. It is the syntax of GitHub Flavored
Markdown (section 4.10), but nothing is dropped: a row with more cells than the header is refused.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_block import StateBlock

from app.body.errors import BadMarkdownError, TooLargeError
from app.body.tables import size_problem

_PIPE_OR_ESCAPE = re.compile(r"\\.|\|")
_DELIMITER_SIGNS = frozenset("-:| \t")
_DELIMITER = re.compile(":?-+:?")
_LETTERS = {(True, True): "c", (True, False): "s", (False, True): "e", (False, False): "-"}


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, in the parser's protocol: with `silent` only say whether one begins in this line."""
    if not begins_table(state, start, end):
        return False
    if not silent:
        state.line = read_table(state, start, end, caption="")
    return True


def begins_table(state: StateBlock, start: int, end: int) -> bool:
    """Whether this line and the next are the header of a table.

    Raises:
        BadMarkdownError: the two have different numbers of cells.
    """
    if start + 1 >= end or state.sCount[start + 1] < state.blkIndent:
        return False
    below = line_of(state, start + 1)
    if "|" not in below or not _DELIMITER_SIGNS.issuperset(below):
        return False
    delimiters = split_row(below)
    above = line_of(state, start)
    if not all(map(_DELIMITER.fullmatch, delimiters)) or not _has_pipe(above):
        return False
    header = len(split_row(above))
    if header != len(delimiters):
        problem = f"the first line of this table has {_counted(header)}"
        problem += f" and the line below it {len(delimiters)}"
        raise BadMarkdownError(problem).on_line(start + 1)
    return True


def read_table(state: StateBlock, start: int, end: int, *, caption: str) -> int:
    """Add the tokens of the table that begins in this line. The result is the line after it.

    Raises:
        BadMarkdownError, TooLargeError: naming the line.
    """
    columns = len(split_row(line_of(state, start)))
    lines = [start, *_rows(state, start + 2, end)]
    if problem := size_problem(len(lines), columns):
        raise TooLargeError(problem).on_line(start + 1)
    after = lines[-1] + 1 if len(lines) > 1 else start + 2
    token = state.push("stet_table_open", "", 1)
    token.map = [start, after]
    token.meta = {"caption": caption, "align": _align(line_of(state, start + 1))}
    for line in lines:
        _read_row(state, line, columns)
    state.push("stet_table_close", "", -1)
    return after


def _rows(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """The lines of the rows: up to the first line without a pipe."""
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent or not _has_pipe(line_of(state, line)):
            return
        yield line


def _read_row(state: StateBlock, line: int, columns: int) -> None:
    found = split_row(line_of(state, line))
    if len(found) > columns:
        problem = f"this row has {_counted(len(found))}, and the first row of the table {columns}"
        hint = "; a | that is no border is written \\|"
        raise BadMarkdownError(problem + hint).on_line(line + 1)
    state.push("stet_row_open", "", 1).map = [line, line + 1]
    for cell in [*found, *[""] * (columns - len(found))]:
        state.push("stet_cell_open", "", 1)
        token = state.push("inline", "", 0)
        token.map, token.content, token.children = [line, line + 1], cell, []
        state.push("stet_cell_close", "", -1)
    state.push("stet_row_close", "", -1)


def line_of(state: StateBlock, number: int) -> str:
    """A line without its indentation. Empty if it is indented too far to start a block."""
    if state.sCount[number] - state.blkIndent > 3:
        return ""
    start = state.bMarks[number] + state.tShift[number]
    return state.src[start : state.eMarks[number]].rstrip(" \t")


def split_row(line: str) -> Sequence[str]:
    """The cells of a line. The pipes at both ends are optional."""
    cuts = list(_pipes(line))
    inner = cuts[1:] if cuts and cuts[0] == 0 else cuts
    starts = [cuts[0] + 1 if cuts and cuts[0] == 0 else 0, *(cut + 1 for cut in inner)]
    ends = [*inner, len(line)]
    if len(starts) > 1 and starts[-1] == len(line):
        starts, ends = starts[:-1], ends[:-1]
    return [line[low:high].strip(" \t") for low, high in zip(starts, ends, strict=True)]


def escape_pipes(text: str) -> str:
    """`text` with a backslash before each pipe that has none."""
    return _PIPE_OR_ESCAPE.sub(lambda found: "\\|" if found[0] == "|" else found[0], text)


def delimiter(letter: str) -> str:
    """The cell below the header for an alignment."""
    return {"s": ":---", "c": ":-:", "e": "---:", "-": "---"}[letter]


def _align(line: str) -> str:
    """The alignment of each column. Empty if none has one."""
    found = (cell.strip() for cell in split_row(line))
    letters = "".join(_LETTERS[cell[0] == ":", cell[-1] == ":"] for cell in found)
    return letters if letters.strip("-") else ""


def _has_pipe(line: str) -> bool:
    return any(True for _ in _pipes(line))


def _pipes(line: str) -> Iterator[int]:
    """The places of the pipes that no backslash makes a sign of the text."""
    return (found.start() for found in _PIPE_OR_ESCAPE.finditer(line) if found[0] == "|")


def _counted(number: int) -> str:
    return f"{number} cell{'' if number == 1 else 's'}"
