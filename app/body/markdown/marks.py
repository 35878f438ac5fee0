"""Writes the text nodes of one line with their marks as Markdown.

`blocks` uses it. When several marks start together, the longest is opened first, so that marks are nested.
"""

import re
from collections.abc import Sequence

from app.body.document import Node
from app.body.markdown.escape import Escape
from app.body.schema import RANK

_SIGNS = {"strong": "**", "emphasis": "*", "sub": "~", "sup": "^"}
_INNERMOST = ("sub", "sup")
_ENTITY = re.compile(r"&(?=[#A-Za-z])")


def write_inline(nodes: Sequence[Node], escape: Escape) -> str:
    """One line, or several if there are hard breaks."""
    out: list[str] = []
    active: list[Node] = []
    for index, node in enumerate(nodes):
        wanted = _marks(node)
        kept = _kept(active, wanted)
        out.extend(_end(mark) for mark in reversed(active[kept:]))
        opened = [mark for mark in wanted if mark not in active[:kept]]
        opened.sort(key=lambda mark: _order(mark, nodes[index:]))
        out.extend(_start(mark) for mark in opened)
        active = [*active[:kept], *opened]
        out.append(_text(node, escape))
    out.extend(_end(mark) for mark in reversed(active))
    return "".join(out)


def _marks(node: Node) -> list[Node]:
    return [
        mark for mark in node.get("marks", ()) if mark["type"] == "link" or mark["type"] in _SIGNS
    ]


def _kept(active: list[Node], wanted: list[Node]) -> int:
    """How many of the open marks can stay open, counted from the outermost."""
    for index, mark in enumerate(active):
        if mark not in wanted:
            return index
    return len(active)


def _order(mark: Node, nodes: Sequence[Node]) -> tuple[bool, int, int]:
    lasts = 0
    for node in nodes:
        if mark not in node.get("marks", ()):
            break
        lasts += 1
    return mark["type"] in _INNERMOST, -lasts, RANK[mark["type"]]


def _start(mark: Node) -> str:
    return "[" if mark["type"] == "link" else _SIGNS[mark["type"]]


def _end(mark: Node) -> str:
    if mark["type"] != "link":
        return _SIGNS[mark["type"]]
    href = _ENTITY.sub(r"\\&", mark["attrs"]["href"])
    return f"](<{href}>)" if "(" in href or ")" in href else f"]({href})"


def _text(node: Node, escape: Escape) -> str:
    if node["type"] == "hard_break":
        return "\\\n"
    text = escape(node["text"])
    inside = any(mark["type"] in _INNERMOST for mark in node.get("marks", ()))
    return text.replace(" ", "\\ ") if inside else text
