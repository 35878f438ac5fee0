"""A body as it stands: open suggestions refused, comments left out.

Readers, word counts, search and the Markdown form all see a body through this one function, so a
suggestion that nobody has accepted can neither be read nor counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.body.document import Body, Node
from app.body.parts import Tree
from app.body.schema import NODES, RANK

RESERVED = ("comment", "insertion", "deletion", "modification")
_NAMED = tuple(f'"type":"{name}"' for name in RESERVED)
_NEEDS_CONTENT = frozenset({"blockquote", "bullet_list", "ordered_list", "list_item", "factbox"})


def clean_blocks(body: Body) -> Sequence[Node]:
    """The top-level blocks without reserved marks; those that exist only as a suggestion are
    gone."""
    if not any(name in body.dumps() for name in _NAMED):
        return body.blocks
    return _settled_children(body.blocks)


def clean_block(block: Node) -> Node | None:
    """One block without reserved marks, or None if it exists only as a suggestion."""
    settled = _settled_children([block])
    return settled[0] if settled else None


def _settled_children(nodes: Sequence[Node]) -> list[Tree]:
    result: list[Tree] = []
    for node in nodes:
        settled = _settled(node)
        if settled is not None:
            _join(result, settled)
    return result


def _settled(node: Node) -> Tree | None:
    """Refuse what is suggested for a node: insertions go, deletions stay, modifications are
    undone."""
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
        return _with_content(result, _settled_children(node["content"]))
    return result


def _with_content(node: Tree, content: list[Tree]) -> Tree | None:
    if content:
        return node | {"content": content}
    if node["type"] in _NEEDS_CONTENT:
        return None
    return {key: value for key, value in node.items() if key != "content"}


def _undo(change: Mapping[str, Any], node: Tree, marks: list[Node]) -> list[Node]:
    """Put back what a modification replaced: a mark, an attribute or the kind of a block."""
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
    """The earlier kind of a block, where it can hold the same content."""
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
    """Append a node; a text with the same marks as the one before becomes one with it."""
    last = siblings[-1] if siblings else None
    both_text = last is not None and last["type"] == node["type"] == "text"
    if last is not None and both_text and last.get("marks") == node.get("marks"):
        siblings[-1] = last | {"text": last["text"] + node["text"]}
    else:
        siblings.append(node)


def texts(node: Node) -> Iterator[str]:
    """The pieces of text inside a node, in order; a hard break is a line break."""
    if node["type"] == "text":
        yield node["text"]
    elif node["type"] == "hard_break":
        yield "\n"
    for child in node.get("content", ()):
        yield from texts(child)
