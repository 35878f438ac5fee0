"""Turns the tokens of one line of Markdown into text nodes with marks.

Used by `build`.
"""

from markdown_it.token import Token

from app.body.errors import BadMarkdownError, UnsafeLinkError, excerpt
from app.body.lines import LINE_END
from app.body.links import safe_href
from app.body.markdown.signs import REFUSED
from app.body.parts import Tree

_MARKS = {"strong": "strong", "em": "emphasis", "sub": "sub", "sup": "sup"}


def inline_nodes(token: Token, line_end: str) -> list[Tree]:
    """Texts and hard breaks of an inline token.

    Args:
        line_end: what stands in place of a single line end.

    Raises:
        UnsafeLinkError, BadMarkdownError: naming the line of the link or the sign.
    """
    line = token.map[0] + 1 if token.map else 1
    nodes: list[Tree] = []
    open_marks: list[Tree] = []
    linked_from = 0
    for child in token.children or ():
        if child.nesting == 1:
            open_marks.append(_mark(child, line))
            linked_from = len(nodes) if child.type == "link_open" else linked_from
        elif child.nesting == -1:
            open_marks.pop()
            if child.type == "link_close":
                _refuse_wordless(nodes[linked_from:], line)
        elif child.type == REFUSED:
            raise BadMarkdownError(child.content).on_line(line)
        else:
            line += child.type in ("softbreak", "hardbreak")
            nodes.extend(_leaf(child, open_marks, line_end))
    return nodes


def _refuse_wordless(linked: list[Tree], line: int) -> None:
    if not any(node.get("text", "").strip() for node in linked):
        problem = "a link without words; write them between [ and ]"
        raise BadMarkdownError(problem).on_line(line)


def _leaf(child: Token, open_marks: list[Tree], line_end: str) -> list[Tree]:
    if child.type == "hardbreak":
        return [_marked({"type": "hard_break"}, open_marks)]
    text = line_end if child.type == "softbreak" else child.content
    return [_marked({"type": "text", "text": text}, open_marks)] if text else []


def _marked(node: Tree, open_marks: list[Tree]) -> Tree:
    """The node with each kind of open mark once. The innermost wins, also between sub and sup."""
    by_kind = {_slot(mark["type"]): mark for mark in open_marks}
    return node | {"marks": list(by_kind.values())} if by_kind else node


def _slot(kind: str) -> str:
    return "sub or sup" if kind in ("sub", "sup") else kind


def _mark(token: Token, line: int) -> Tree:
    if token.type != "link_open":
        return {"type": _MARKS[token.type.removesuffix("_open")]}
    given = str(token.attrGet("href") or "")
    href = safe_href(given)
    if href is None:
        problem = (
            f"a story may not link to “{excerpt(given)}”; use https:// or a path such as /politics"
        )
        raise UnsafeLinkError(problem).on_line(line)
    if token.attrGet("title"):
        problem = f"a link has no title of its own; leave out “{excerpt(token.attrGet('title'))}”"
        raise BadMarkdownError(problem).on_line(line)
    return {"type": "link", "attrs": {"href": href}}


def one_line(nodes: list[Tree]) -> list[Tree]:
    """The same nodes with spaces in place of line ends, for captions."""
    return [
        node | {"type": "text", "text": node.get("text", " ").replace(LINE_END, " ")}
        for node in nodes
    ]
