"""The only module that uses the `prosemirror` package: its schema, built from ours, and its checks.

`document` asks here whether content fits the schema.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prosemirror.model import Node as ProseMirrorNode
from prosemirror.model import Schema

from app.body.attributes import Attribute
from app.body.schema import MARKS, NODES, MarkKind, NodeKind


def _attrs(attrs: Mapping[str, Attribute]) -> dict[str, Any]:
    return {name: _attr(name, rule) for name, rule in attrs.items()}


def _attr(name: str, rule: Attribute) -> dict[str, Any]:
    spec: dict[str, Any] = {"validate": _validator(name, rule)}
    return spec if rule.is_required else spec | {"default": rule.default}


def _validator(name: str, rule: Attribute) -> Callable[[object], None]:
    def validate(value: object) -> None:
        problem = rule.problem(value)
        if problem:
            raise ValueError(f"{name} {problem}")

    return validate


def _node_spec(kind: NodeKind) -> Any:
    spec: dict[str, Any] = {"content": kind.content, "group": kind.group, "inline": kind.inline}
    if kind.marks is not None:
        spec["marks"] = kind.marks
    return spec | {"attrs": _attrs(kind.attrs)} | dict.fromkeys(kind.hints, True)


def _mark_spec(kind: MarkKind) -> Any:
    spec: dict[str, Any] = {"attrs": _attrs(kind.attrs), "inclusive": kind.inclusive}
    return spec if kind.excludes is None else spec | {"excludes": kind.excludes}


SCHEMA: Schema[str, str] = Schema(
    {
        "nodes": {name: _node_spec(kind) for name, kind in NODES.items()},
        "marks": {name: _mark_spec(kind) for name, kind in MARKS.items()},
    }
)


def misplaced_child(parent: str, children: Sequence[str]) -> int | None:
    """The index of the first child that is not allowed in its place. `len(children)` if more must follow.

    Args:
        parent: name of a kind of node.
        children: names of the kinds of its children, in order.
    """
    match = SCHEMA.nodes[parent].content_match
    for index, child in enumerate(children):
        following = match.match_type(SCHEMA.nodes[child])
        if following is None:
            return index
        match = following
    return None if match.valid_end else len(children)


def allows_mark(parent: str, mark: str) -> bool:
    """Whether the children of a kind of node may have a kind of mark."""
    return SCHEMA.nodes[parent].allows_mark_type(SCHEMA.marks[mark])


def node_of(document: Mapping[str, Any]) -> ProseMirrorNode:
    """The ProseMirror node of a document in JSON, checked.

    Raises:
        ValueError: it does not fit the schema. Bodies that `document` has read do fit.
    """
    node = ProseMirrorNode.from_json(SCHEMA, document)
    node.check()
    return node
