"""Writes single blocks and lines of a body as Markdown; `write` decides whether the result will
do."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.body.document import Node
from app.body.markdown.escape import (
    Escape,
    as_typed,
    every_sign,
    guard_lines,
    keep_spaces,
    light,
)
from app.body.markdown.marks import write_inline
from app.body.markdown.picture_names import NO_NAMES, PictureNames
from app.body.markdown.tables import delimiter, escape_pipes
from app.body.tables import cells, letter

_LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True)
class Style:
    """How strictly to write.

    Args:
        escape: escapes text (see `escape`).
        guard: escapes the beginnings of lines.
        gap: what separates a list inside an item from the paragraph above it.
    """

    escape: Escape
    guard: Escape
    gap: str


AS_TYPED = Style(as_typed, str, "\n")
LIGHT = Style(light, guard_lines, "\n")
FULL = Style(every_sign, guard_lines, "\n\n")


def list_variants(blocks: Sequence[Node]) -> list[int]:
    """0 or 1 for each block: lists of one kind that follow each other use different bullets in turn.

    Two lists with the same bullets would be read as one list. A numbered list of one item has a bracket if
    possible, because one number with a dot is no list.
    """
    variants: list[int] = []
    for index, block in enumerate(blocks):
        same = index > 0 and block["type"] in _LISTS and blocks[index - 1]["type"] == block["type"]
        one_number = block["type"] == "ordered_list" and len(block["content"]) == 1
        variants.append(1 - variants[-1] if same else int(one_number))
    return variants


class BlockWriter:
    """Writes blocks in one style. A figure calls its picture as `names` does."""

    def __init__(self, style: Style, names: PictureNames = NO_NAMES) -> None:
        self._style, self._names = style, names

    def block(self, node: Node, variant: int = 0) -> str:
        """One block, without the line end after it.

        Args:
            variant: which bullets a list uses, see `list_variants`.
        """
        attrs = node.get("attrs", {})
        match node["type"]:
            case "paragraph":
                return self._line(node) or "\\"
            case "heading":
                return f"{'#' * attrs['level']} {self._line(node)}".rstrip(" ")
            case "blockquote":
                return _prefixed(self._blocks(node["content"]), "> ")
            case "bullet_list" | "ordered_list":
                return self._list(node, variant)
            case "divider":
                return "---"
        return self._fenced_by_colons(node, attrs)

    def _fenced_by_colons(self, node: Node, attrs: Node) -> str:
        match node["type"]:
            case "pullquote":
                return _colons(f"pullquote {attrs['attribution']}", self._line(node))
            case "factbox":
                return _colons(f"factbox {attrs['title']}", self._blocks(node["content"]))
            case "figure":
                lines = [f"alt: {attrs['alt']}", f"credit: {attrs['credit']}", self._line(node)]
                head = f"figure {self._names.name(attrs['picture'])}"
                return _colons(head, "\n".join(map(str.rstrip, lines)))
            case "table":
                return self._table(node, attrs["caption"])
            case "embed":
                return f"::: embed {attrs['provider']} {attrs['address']} {attrs['title']}".rstrip()
        return f"::: related {attrs['href']} {attrs['headline']}".rstrip()

    def _table(self, node: Node, caption: str) -> str:
        """The header, the line of hyphens below it, and the rows; around them a caption."""
        rows = [[self._cell(cell) for cell in cells(row)] for row in node["content"]]
        rows.insert(1, [delimiter(letter(node, column)) for column in range(len(rows[0]))])
        lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return _colons(f"table {caption}", lines) if caption else lines

    def _cell(self, cell: Node) -> str:
        return escape_pipes(keep_spaces(write_inline(cell.get("content", ()), self._style.escape)))

    def _line(self, node: Node) -> str:
        text = write_inline(node.get("content", ()), self._style.escape)
        return keep_spaces(self._style.guard(text))

    def _blocks(self, nodes: Sequence[Node], list_gap: str = "\n\n") -> str:
        text = ""
        for index, (node, variant) in enumerate(zip(nodes, list_variants(nodes), strict=True)):
            if index:
                under_text = nodes[index - 1]["type"] == "paragraph" and node["type"] in _LISTS
                text += list_gap if under_text else "\n\n"
            text += self.block(node, variant)
        return text

    def _list(self, node: Node, variant: int) -> str:
        items = []
        for index, item in enumerate(node["content"]):
            sign = "-*"[variant]
            if node["type"] == "ordered_list":
                sign = f"{node['attrs']['start'] + index}{'.)'[variant]}"
            items.append(self._item(item, sign))
        return "\n".join(items)

    def _item(self, item: Node, sign: str) -> str:
        if item["content"] == [{"type": "paragraph"}]:
            return sign
        indent = " " * (len(sign) + 1)
        lines = self._blocks(item["content"], self._style.gap).split("\n")
        return f"{sign} " + "\n".join(
            [lines[0], *(indent + line if line else "" for line in lines[1:])]
        )


def _colons(head: str, inside: str) -> str:
    return f"::: {head.rstrip()}\n{inside}\n:::"


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join((prefix + line).rstrip(" ") for line in text.split("\n"))
