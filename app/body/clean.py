"""A body without open suggestions and comments.

Readers, word counts, search and the Markdown form all see a body through this one function, so a
suggestion that nobody has accepted can neither be read nor counted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.body.document import Body, Node
from app.body.parts import Tree
from app.body.schema import NODES, RANK

RESERVED = ("comment", "insertion", "deletion", "modification")
_RESERVED = re.compile(rf'"type":"(?:{"|".join(RESERVED)})"')
_NEEDS_CONTENT = frozenset(
    {"blockquote", "bullet_list", "ordered_list", "list_item", "factbox"}
) | {
    *("table", "table_row"),
}


def clean_blocks(body: Body) -> Sequence[Node]:
    """The top-level blocks without suggestions and comments. Blocks that are only suggested are left out."""
    if not _RESERVED.search(body.dumps()):
        return body.blocks
    return _cleaned_children(body.blocks)


def clean_block(block: Node) -> Node | None:
    """One block without suggestions and comments, or None if the block itself is only suggested."""
    settled = _cleaned_children([block])
    return settled[0] if settled else None


def _cleaned_children(nodes: Sequence[Node]) -> list[Tree]:
    result: list[Tree] = []
    for node in nodes:
        settled = _cleaned(node)
        if settled is not None:
            _join(result, settled)
    return result


def _cleaned(node: Node) -> Tree | None:
    """Reject the suggestions for a node: insertions are removed, deletions stay, changes are undone."""
    marks: list[Node] = node.get("marks", [])
    if any(mark["type"] == "insertion" for mark in marks):
        return None
    result = {key: value for key, value in node.items() if key != "marks"}
    kept = [mark for mark in marks if mark["type"] not in RESERVED]
    for mark in marks:
        if mark["type"] == "modification":
            kept = _undo(mark["attrs"], result, kept)
    if kept:
        result["marks"] = sorted(kept, key=lambda mark: RANK[mark["type"]])
    if "content" in node:
        return _with_content(result, _cleaned_children(node["content"]))
    return result


def _with_content(node: Tree, content: list[Tree]) -> Tree | None:
    if content:
        return node | {"content": content}
    if node["type"] in _NEEDS_CONTENT:
        return None
    return {key: value for key, value in node.items() if key != "content"}


def _undo(change: Mapping[str, Any], node: Tree, marks: list[Node]) -> list[Node]:
    """Restore what a suggested modification replaced: a mark, an attribute or the kind of a block."""
    previous, new = change["previousValue"], change["newValue"]
    if change["type"] == "mark":
        marks = [mark for mark in marks if mark != new]
        return [*marks, previous] if isinstance(previous, dict) else marks
    if change["type"] == "attr":
        _undo_attribute(node, change["attrName"], previous)
    if change["type"] == "nodeType" and previous in NODES and node["type"] != "text":
        _undo_kind(node, str(previous))
    return marks


def _undo_attribute(node: Tree, name: str | None, previous: object) -> None:
    rule = NODES[node["type"]].attrs.get(name or "")
    if rule is not None and rule.problem(previous) is None:
        node["attrs"] = node["attrs"] | {name: previous}


def _undo_kind(node: Tree, kind: str) -> None:
    """Restore the former kind of a block, if that kind can hold the same content."""
    if NODES[kind].content != NODES[node["type"]].content and not _both_hold_text(
        node["type"], kind
    ):
        return
    rules = NODES[kind].attrs
    if any(rule.is_required for rule in rules.values()):
        return
    old = node.pop("attrs", {})
    node["type"] = kind
    if rules:
        node["attrs"] = {
            name: old[name] if name in old and rule.problem(old[name]) is None else rule.default
            for name, rule in rules.items()
        }


def _both_hold_text(kind: str, other: str) -> bool:
    return {kind, other} <= {"paragraph", "heading", "pullquote"}


def _join(siblings: list[Tree], node: Tree) -> None:
    """Append a node. A text with the same marks as the text before is joined to it."""
    last = siblings[-1] if siblings else None
    both_text = last is not None and last["type"] == node["type"] == "text"
    if last is not None and both_text and last.get("marks") == node.get("marks"):
        siblings[-1] = last | {"text": last["text"] + node["text"]}
    else:
        siblings.append(node)


def texts(node: Node) -> Iterator[str]:
    """The pieces of text inside a node, in order. A hard break is a line break."""
    if node["type"] == "text":
        yield node["text"]
    elif node["type"] == "hard_break":
        yield "\n"
    for child in node.get("content", ()):
        yield from texts(child)
