"""Turns the parser's tokens into blocks of a body, each with its first line.

`read` uses it. Blocks that the schema does not allow, such as a heading inside a quotation, are built here
and refused there.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from app.body.document import Node
from app.body.errors import BadMarkdownError, TooLargeError
from app.body.markdown.grammar import MAX_NESTING
from app.body.markdown.inline import inline_nodes, one_line
from app.body.markdown.picture_names import NO_NAMES, PictureNames
from app.body.parts import Tree

_SIMPLE = {
    "blockquote_open": "blockquote",
    "bullet_list_open": "bullet_list",
    "list_item_open": "list_item",
}


class PlacedBlock(NamedTuple):
    """A block and its first line in the Markdown, counted from 1."""

    node: Node
    line: int


class Builder:
    """Reads a list of tokens in order.

    Args:
        line_end: what stands in place of a single line end.
        names: what the text calls the pictures of its figures.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        fences: Mapping[int, str],
        line_end: str = " ",
        names: PictureNames = NO_NAMES,
    ) -> None:
        self._tokens, self._names = tokens, names
        self._line_end = line_end
        self._fences = dict(fences)
        self._next = 0
        self._readers: Mapping[str, Callable[[Token], Tree]] = {
            "paragraph_open": self._paragraph,
            "heading_open": self._heading,
            "ordered_list_open": self._ordered_list,
            "stet_open": self._container,
            "stet_json": self._json,
            "stet_table_open": self._table,
            "stet_single": _single,
            "hr": lambda _token: {"type": "divider"},
        }

    def blocks(self) -> list[PlacedBlock]:
        """All blocks.

        Raises:
            BodyError: naming the line.
        """
        blocks = []
        while self._next < len(self._tokens):
            line = _line_of(self._tokens[self._next])
            blocks.append(PlacedBlock(self._block(), line))
        for start in self._fences:
            raise BadMarkdownError("this block may not stand here").on_line(start + 1)
        return blocks

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _block(self) -> Tree:
        token = self._take()
        if token.nesting == 1 and token.level >= MAX_NESTING - 1:
            problem = "quotes and lists nested too deep"
            raise TooLargeError(problem).on_line(_line_of(token))
        if token.type in _SIMPLE:
            return _node(_SIMPLE[token.type], self._inside(_SIMPLE[token.type]))
        return self._readers[token.type](token)

    def _heading(self, token: Token) -> Tree:
        return _node("heading", self._text(), level=2 if token.tag in ("h1", "h2") else 3)

    def _ordered_list(self, token: Token) -> Tree:
        start = int(token.attrs.get("start", 1))
        return _node("ordered_list", self._inside("ordered_list"), start=start)

    def _inside(self, kind: str) -> list[Tree]:
        """The blocks up to the closing token. Some kinds of block get the empty paragraph that they need."""
        blocks: list[Tree] = []
        while self._tokens[self._next].nesting != -1:
            blocks.append(self._block())
        self._take()
        needs_paragraph = not blocks or (kind == "list_item" and blocks[0]["type"] != "paragraph")
        return [{"type": "paragraph"}, *blocks] if needs_paragraph else blocks

    def _text(self) -> list[Tree]:
        inline = self._take()
        self._take()
        return inline_nodes(inline, self._line_end)

    def _paragraph(self, _token: Token) -> Tree:
        """Read a paragraph. `write` shows an empty paragraph as a single backslash."""
        if self._tokens[self._next].content == "\\":
            self._next += 2
            return {"type": "paragraph"}
        return _node("paragraph", self._text())

    def _container(self, token: Token) -> Tree:
        name, rest, fields = token.meta["name"], token.meta["rest"], token.meta["fields"]
        if name == "factbox":
            return _node("factbox", self._inside("factbox"), title=rest)
        if name == "pullquote":
            return _node("pullquote", self._text(), attribution=rest)
        try:
            number = self._names.number(rest)
        except BadMarkdownError as error:
            raise error.on_line(_line_of(token)) from None
        attrs = {"alt": "", "credit": ""} | fields
        return _node("figure", one_line(self._text()), picture=number, **attrs)

    def _table(self, token: Token) -> Tree:
        rows = []
        while self._take().type == "stet_row_open":
            row = []
            while self._take().type == "stet_cell_open":
                row.append(_node("table_cell", one_line(self._text())))
            rows.append(_node("table_row", row))
        return _node("table", rows, **token.meta)

    def _json(self, token: Token) -> Tree:
        line = _line_of(token)
        try:
            value = json.loads(self._fences.pop(line - 1))
        except (ValueError, RecursionError):
            raise BadMarkdownError("the fenced block is not JSON any more").on_line(line) from None
        if not isinstance(value, dict):
            raise BadMarkdownError("the fenced block is not a block of a story").on_line(line)
        return value


def _line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _node(kind: str, content: list[Tree], **attrs: object) -> Tree:
    node: Tree = {"type": kind}
    if attrs:
        node["attrs"] = attrs
    if content:
        node["content"] = content
    return node


def _single(token: Token) -> Tree:
    first, _, rest = token.meta["rest"].partition(" ")
    rest = rest.strip()
    if token.meta["name"] == "related":
        return {"type": "related", "attrs": {"href": first, "headline": rest}}
    address, _, title = rest.partition(" ")
    attrs = {"provider": first, "address": address, "title": title.strip()}
    return {"type": "embed", "attrs": attrs}
