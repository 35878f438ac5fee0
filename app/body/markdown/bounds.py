"""Limits the Markdown that the parser gets.

The parser's work grows with the number of syntax characters, of lines, and of nested quotes and lists, not
with the length of the text. These limits leave room for any story (the longest has about 2,000 lines and
syntax characters) and keep the worst case under two seconds. Fenced JSON is removed first, because it costs
little.
"""

import re
from typing import NamedTuple

from app.body.document import MAX_BYTES
from app.body.errors import BadMarkdownError, BadValueError, TooLargeError

FENCE = "````"
FENCE_START = f"{FENCE}stet"
MAX_LINES = 20_000
MAX_LINE = 100_000
MAX_SIGNS = 20_000
MAX_NESTED = 14
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SIGNS = re.compile(r"[\[\]*_~^\\&|]")
_MARKERS = re.compile(r"(?:[ \t]{0,80}(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))+")
_MARKER = re.compile(r">|[-+*]|[0-9]+[.)]")


class Source(NamedTuple):
    """A text that may be parsed, and the JSON that was in it.

    Args:
        text: the text, with the contents of its fenced blocks left blank.
        fences: JSON text by the index of the line on which its fence opens.
    """

    text: str
    fences: dict[int, str]


def bounded(text: str) -> Source:
    """Check the text of a form or file against the limits.

    Raises:
        TooLargeError, BadValueError, BadMarkdownError: naming the line where there is one.
    """
    if len(text) > MAX_BYTES:
        raise TooLargeError(f"a story's text may be {MAX_BYTES // 1_000_000} MB long at most")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise TooLargeError(f"more than {MAX_LINES:,} lines")
    _check_characters(lines)
    fences = _take_fences(lines)
    _check_signs(lines)
    return Source("\n".join(lines), fences)


def _check_characters(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        bad = _FORBIDDEN.search(line)
        if bad:
            code = f"U+{ord(bad[0]):04X}"
            problem = f"the text holds a character that cannot be kept ({code})"
            raise BadValueError(problem).on_line(number)


def _take_fences(lines: list[str]) -> dict[int, str]:
    """Take the JSON out of the fenced blocks. The opening lines stay, so that the parser finds them."""
    fences: dict[int, str] = {}
    start: int | None = None
    for index, line in enumerate(lines):
        if start is None:
            start = index if line.rstrip() == FENCE_START else None
        elif line.rstrip() == FENCE:
            fences[start] = "\n".join(lines[start + 1 : index])
            lines[start + 1 : index + 1] = [""] * (index - start)
            start = None
    if start is not None:
        raise BadMarkdownError(f"a {FENCE_START} that no {FENCE} closes").on_line(start + 1)
    return fences


def _check_signs(lines: list[str]) -> None:
    signs = 0
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise TooLargeError(f"longer than {MAX_LINE:,} characters").on_line(number)
        nested = _nested(line)
        if nested > MAX_NESTED:
            problem = f"quotes and lists more than {MAX_NESTED} deep"
            raise TooLargeError(problem).on_line(number)
        signs += len(_SIGNS.findall(line)) + nested
        if signs > MAX_SIGNS:
            raise TooLargeError(f"more than {MAX_SIGNS:,} signs of Markdown").on_line(number)


def _nested(line: str) -> int:
    markers = _MARKERS.match(line)
    return len(_MARKER.findall(markers[0])) if markers else 0
