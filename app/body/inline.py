"""One line of text with its marks as HTML: links, emphasis, sub- and superscript, line breaks.

`html` calls it for readers, and `diff` for redlines. The same mark on neighbouring text nodes becomes one
element, so that a link with an emphasised word in it stays one link.
"""

from collections.abc import Sequence
from html import escape

from app.body.document import Node
from app.body.links import is_external, safe_href

_TAGS = {"strong": "strong", "emphasis": "em", "sub": "sub", "sup": "sup"}
_SHOWN = frozenset({"link", *_TAGS})


def inline_html(nodes: Sequence[Node]) -> str:
    """The HTML of text nodes and hard breaks. Comments and suggestions are ignored."""
    out: list[str] = []
    open_marks: list[Node] = []
    for node in nodes:
        marks = [mark for mark in node.get("marks", ()) if mark["type"] in _SHOWN]
        if marks or open_marks:
            _move(out, open_marks, marks)
        out.append("<br>" if node["type"] == "hard_break" else escape(node["text"], quote=False))
    _move(out, open_marks, [])
    return "".join(out)


def _move(out: list[str], open_marks: list[Node], wanted: list[Node]) -> None:
    """Close and open elements until exactly the wanted marks are open."""
    shared = 0
    while shared < min(len(open_marks), len(wanted)) and open_marks[shared] == wanted[shared]:
        shared += 1
    while len(open_marks) > shared:
        out.append(_end(open_marks.pop()))
    for mark in wanted[shared:]:
        out.append(_start(mark))
        open_marks.append(mark)


def _start(mark: Node) -> str:
    if mark["type"] == "link":
        return link_start(mark["attrs"]["href"]) or "<span>"
    return f"<{_TAGS[mark['type']]}>"


def _end(mark: Node) -> str:
    if mark["type"] == "link":
        return "</a>" if link_start(mark["attrs"]["href"]) else "</span>"
    return f"</{_TAGS[mark['type']]}>"


def link_start(href: str) -> str:
    """The opening tag of a link, or an empty string if the address may not be linked to.

    `noopener` on links to other sites: the page that opens gets no handle on this one.
    """
    safe = safe_href(href)
    if safe is None:
        return ""
    rel = " rel=noopener" if is_external(safe) else ""
    return f'<a href="{escape(safe)}"{rel}>'
