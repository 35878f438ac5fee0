"""Decides which lines are lists: numbers and signs that a list would change stay text.

`grammar` uses it in place of the parser's own rule, which reads any number with a dot as an item and counts
on from the first. Here the numbers must run on by one (or all be 1, the usual short form), so that a
list shows what was typed. Dates, years, telephone numbers and footnotes are paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block

from app.body.errors import BadMarkdownError

_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=[ \t]|$)")
_BULLET = re.compile(r"([-*])()(?=[ \t]|$)")
_OTHER_BLOCK = re.compile(r"#{1,6}(?:[ \t]|$)|>|:::|````|(?:_[ \t]*){3,}$")
_LONGEST_FIRST = 3  # digits; a list does not begin with a year
_PLAIN = "lines that begin with a number and are paragraphs"
_CONTINUING = "lines that begin with a number and end no paragraph"


class _Item(NamedTuple):
    line: int
    number: str
    after_blank: bool


def list_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list, in the parser's protocol: with `silent` only say whether one begins in this line."""
    found = _marker(state, start)
    if found is None:
        return False
    interrupts = state.parentType == "paragraph" and state.sCount[start] >= state.blkIndent
    if silent and not interrupts:
        return list_block(state, start, end, silent)
    if found.re is _BULLET:
        is_list = _is_bullet_list(state, start, end, found)
        return is_list and list_block(state, start, end, silent)
    if silent:
        return _ends_paragraph(state, start, end, found)
    return _read_numbers(state, start, end, found)


def _ends_paragraph(state: StateBlock, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a line with a number ends the paragraph above: a 1. of a list does, and what looks like one."""
    if start in state.env.get(_PLAIN, ()):
        return True
    continuing: set[int] = state.env.setdefault(_CONTINUING, set())
    if found[1] != "1" or start in continuing:
        return False
    items = list(_items(state, start, end, found))
    if _is_numbered_list(items, found[2]):
        return True
    continuing.update(item.line for item in items)
    return False


def _read_numbers(state: StateBlock, start: int, end: int, found: re.Match[str]) -> bool:
    plain: set[int] = state.env.setdefault(_PLAIN, set())
    if start in plain:
        return False
    items = list(_items(state, start, end, found))
    if not _is_numbered_list(items, found[2]):
        plain.update(item.line for item in items)
        return False
    at = len(state.tokens)
    list_block(state, start, end, False)
    _check(state, at)
    return True


def _check(state: StateBlock, at: int) -> None:
    """Refuse a list for which the parser took other items than `_items`, and whose numbers do not run on."""
    level = state.tokens[at].level + 1
    opened = [each for each in state.tokens[at:] if each.level == level and each.nesting == 1]
    if not _run_on([each.info for each in opened]):
        problem = (
            "the numbers of this list do not run on by one; leave an empty line above it, "
            "or put a \\ before each dot"
        )
        raise BadMarkdownError(problem).on_line((state.tokens[at].map or [0])[0] + 1)


def _marker(state: StateBlock, line: int) -> re.Match[str] | None:
    """The number or the sign with which a line begins."""
    if state.is_code_block(line):
        return None
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return _NUMBER.match(state.src, start, end) or _BULLET.match(state.src, start, end)


def _is_bullet_list(state: StateBlock, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a sign begins a list. A sign without words does not, nor does one star: it marks a footnote.

    A star after a list with hyphens does, because `write` separates two lists so.
    """
    if not state.src[found.end() : state.eMarks[start]].strip(" \t"):
        return False
    after_list = bool(state.tokens) and state.tokens[-1].type == "bullet_list_close"
    if found[1] == "-" or after_list:
        return True
    items = _items(state, start, end, found)
    next(items)
    return next(items, None) is not None


def _is_numbered_list(items: Sequence[_Item], dot: str) -> bool:
    """Whether the numbers of these items are shown by a list as they are.

    One number with a dot is a date or a name more often than a list, and so are paragraphs that all begin
    with 1., such as the first days of several months.
    """
    numbers = [item.number for item in items]
    if len(numbers[0]) > _LONGEST_FIRST or not _run_on(numbers):
        return False
    if len(items) == 1:
        return dot == ")"
    return numbers[1] != "1" or not any(item.after_blank for item in items)


def _run_on(numbers: Sequence[str]) -> bool:
    first = int(numbers[0])
    wanted = [str(number) for number in range(first, first + len(numbers))]
    return list(numbers) == wanted or set(numbers) == {"1"}


def _items(state: StateBlock, start: int, end: int, found: re.Match[str]) -> Iterator[_Item]:
    """The items of the list that would begin here."""
    yield _Item(start, found[1], False)
    inner = _content_column(state, start, found)
    after_blank = False
    for line in range(start + 1, end):
        if state.isEmpty(line):
            after_blank = True
            continue
        if state.sCount[line] < inner:
            following = _marker(state, line)
            if following is not None and _goes_on(state, line, found, following):
                yield _Item(line, following[1], after_blank)
                inner = _content_column(state, line, following)
            elif following is not None or after_blank or _other_block(state, line):
                return
        after_blank = False


def _goes_on(state: StateBlock, line: int, found: re.Match[str], following: re.Match[str]) -> bool:
    """Whether the marker of a line is one of the same list."""
    same_sign = found[1] == following[1] or found.re is _NUMBER
    same_kind = following.re is found.re and following[2] == found[2]
    return same_kind and same_sign and state.sCount[line] >= state.blkIndent


def _other_block(state: StateBlock, line: int) -> bool:
    """Whether a line begins another block. If not, it belongs to the text above it."""
    start = state.bMarks[line] + state.tShift[line]
    return bool(_OTHER_BLOCK.match(state.src, start, state.eMarks[line]))


def _content_column(state: StateBlock, line: int, found: re.Match[str]) -> int:
    """The column at which the text of an item starts. Lines that are indented as far belong to it."""
    column = state.sCount[line] + found.end() - found.start()
    after = " " * (column % 4) + state.src[found.end() : state.eMarks[line]]
    text = after.expandtabs(4)
    spaces = len(text) - len(text.lstrip(" ")) - column % 4
    return column + (spaces if 1 <= spaces <= 4 and text.strip() else 1)
