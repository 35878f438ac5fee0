"""The places in a Markdown text where a block may be put, and putting one there."""

from collections.abc import Sequence
from typing import NamedTuple

from app.body.markdown.bounds import FENCE, FENCE_START
from app.body.markdown.grammar import CONTAINERS


class TextPlace(NamedTuple):
    """A place between two blocks: before the line with this index, and below a block that begins so."""

    line: int
    below: str


def places_in(text: str) -> list[TextPlace]:
    """All places, from the beginning of the text to its end, which is the last line's index plus one."""
    lines = _lines(text)
    found, below, end = [TextPlace(0, "")], "", ""
    for index, line in enumerate(lines):
        is_blank = not line.strip()
        if not end and is_blank and below:
            found.append(TextPlace(index, below))
            below = ""
        elif not is_blank:
            below = below or line.strip()
            end = _end_of_block(line.strip(), end)
    return [*found, TextPlace(len(lines), below)] if below else found


def with_block(text: str, block: str, line: int) -> str:
    """`text` with `block` at the first place that is not above the line with this index, else at its end."""
    lines = _lines(text)
    at = next((place.line for place in places_in(text) if place.line >= line), len(lines))
    parts = (_joined(lines[:at]), block, _joined(lines[at:]))
    return "\n\n".join(filter(None, parts)) + "\n"


def _end_of_block(line: str, end: str) -> str:
    """The line that ends the block in which the line after `line` is. Empty outside of such blocks."""
    if end:
        return "" if line == end else end
    if line == FENCE_START:
        return FENCE
    is_container = line.startswith(":::") and line[3:].strip().partition(" ")[0] in CONTAINERS
    return ":::" if is_container else ""


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")
