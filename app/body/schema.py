"""The schema of a story's body: its blocks, inline nodes and marks, as data.

The one source of truth. `port` builds the ProseMirror schema of the server from it, `as_json`
carries it to the editor in the browser, `document` reads untrusted bodies by it. Order matters: it
is the rank of marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.body import attributes as attr
from app.body.attributes import LARGEST_NUMBER, Attribute
from app.body.providers import PROVIDERS
from app.body.wording import phrase

VERSION = 1
_SUGGESTED = "insertion modification deletion"


@dataclass(frozen=True)
class NodeKind:
    """A kind of block or inline node.

    Args:
        content: ProseMirror content expression; empty for a leaf.
        group: names for it in other content expressions.
        marks: marks that its children may have; None is ProseMirror's default (all on text, none on blocks).
        inline: whether it is part of a line of text.
        hints: options for the editor in the browser only (`isolating`, `defining`, `draggable`).
    """

    content: str = ""
    group: str = ""
    marks: str | None = None
    inline: bool = False
    attrs: Mapping[str, Attribute] = field(default_factory=dict)
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkKind:
    """A kind of mark on text.

    Args:
        excludes: marks that cannot be combined with it; None is ProseMirror's default, another of its own
        kind. inclusive: whether text that is typed at its end gets it too.
    """

    attrs: Mapping[str, Attribute] = field(default_factory=dict)
    excludes: str | None = None
    inclusive: bool = True


NODES: dict[str, NodeKind] = {
    "doc": NodeKind("block+", marks=_SUGGESTED),
    "paragraph": NodeKind("inline*", "block flow"),
    "heading": NodeKind(
        "text*", "block", attrs={"level": attr.whole(2, 3, 2)}, hints=("defining",)
    ),
    "blockquote": NodeKind("flow+", "block flow", _SUGGESTED, hints=("defining",)),
    "pullquote": NodeKind(
        "inline*", "block", attrs={"attribution": attr.plain()}, hints=("defining",)
    ),
    "bullet_list": NodeKind("list_item+", "block flow list", _SUGGESTED),
    "ordered_list": NodeKind(
        "list_item+", "block flow list", _SUGGESTED, attrs={"start": attr.whole(0, 999_999_999, 1)}
    ),
    "list_item": NodeKind("paragraph (paragraph | list)*", marks=_SUGGESTED, hints=("defining",)),
    "figure": NodeKind(
        "text*",
        "block",
        attrs={
            "picture": attr.whole(1, LARGEST_NUMBER),
            "alt": attr.plain(),
            "credit": attr.plain(),
        },
        hints=("isolating", "draggable"),
    ),
    "embed": NodeKind(
        group="block",
        attrs={"provider": attr.provider(), "address": attr.embed_address(), "title": attr.plain()},
        hints=("draggable",),
    ),
    "factbox": NodeKind(
        "(flow | heading | table)+",
        "block",
        _SUGGESTED,
        attrs={"title": attr.plain()},
        hints=("isolating", "defining"),
    ),
    "related": NodeKind(
        group="block",
        attrs={"href": attr.site_path(), "headline": attr.plain()},
        hints=("draggable",),
    ),
    "divider": NodeKind(group="block"),
    # The first row is the header. `tables` says what else a table must be.
    "table": NodeKind(
        "table_row+",
        "block",
        _SUGGESTED,
        attrs={"caption": attr.plain(), "align": attr.alignment()},
        hints=("isolating",),
    ),
    "table_row": NodeKind("table_cell+", marks=""),
    "table_cell": NodeKind("text*", hints=("isolating",)),
    "hard_break": NodeKind(group="inline", inline=True),
    "text": NodeKind(group="inline", inline=True),
}

MARKS: dict[str, MarkKind] = {
    "link": MarkKind({"href": attr.href()}, inclusive=False),
    "strong": MarkKind(),
    "emphasis": MarkKind(),
    "sub": MarkKind(excludes="sub sup"),
    "sup": MarkKind(excludes="sub sup"),
    "comment": MarkKind({"id": attr.identifier()}, excludes="", inclusive=False),
    "insertion": MarkKind({"id": attr.identifier()}, excludes=_SUGGESTED, inclusive=False),
    "deletion": MarkKind({"id": attr.identifier()}, excludes=_SUGGESTED, inclusive=False),
    "modification": MarkKind(
        {
            "id": attr.identifier(),
            "type": attr.identifier(),
            "attrName": attr.name_or_none(),
            "previousValue": attr.previous(),
            "newValue": attr.previous(),
        },
        excludes="deletion insertion",
        inclusive=False,
    ),
}

NAMES = {
    "doc": phrase("a story"),
    "paragraph": phrase("a paragraph"),
    "heading": phrase("a subheading"),
    "blockquote": phrase("a quotation"),
    "pullquote": phrase("a pull quote"),
    "bullet_list": phrase("a list"),
    "ordered_list": phrase("a numbered list"),
    "list_item": phrase("a list item"),
    "figure": phrase("a figure"),
    "embed": phrase("an embed"),
    "factbox": phrase("a fact box"),
    "related": phrase("a related story"),
    "divider": phrase("a divider"),
    "table": phrase("a table"),
    "table_row": phrase("a table row"),
    "table_cell": phrase("a table cell"),
    "hard_break": phrase("a line break"),
    "text": phrase("a text"),
}  # used in messages to editors, and to readers when a block changed its kind

RANK = {name: rank for rank, name in enumerate(MARKS)}
EXCLUDED = {
    name: frozenset([name] if kind.excludes is None else kind.excludes.split())
    for name, kind in MARKS.items()
}
TEXTBLOCKS = frozenset(name for name, kind in NODES.items() if kind.content in ("inline*", "text*"))


def as_json() -> dict[str, Any]:
    """The schema for an editor in the browser, for ProseMirror's `Schema`: `nodes` and `marks` in this order.

    `validate` has only the types. Only the server checks values in detail.
    """
    return {
        "version": VERSION,
        "nodes": {name: _node_json(kind) for name, kind in NODES.items()},
        "marks": {name: _mark_json(kind) for name, kind in MARKS.items()},
        "providers": {
            name: {"label": p.label, "hosts": list(p.hosts)} for name, p in PROVIDERS.items()
        },
    }


def _node_json(kind: NodeKind) -> dict[str, Any]:
    spec: dict[str, Any] = dict.fromkeys(kind.hints, True)
    spec |= {
        key: value for key, value in (("content", kind.content), ("group", kind.group)) if value
    }
    if kind.marks is not None:
        spec["marks"] = kind.marks
    if kind.inline:
        spec["inline"] = True
    if kind.attrs:
        spec["attrs"] = _attrs_json(kind.attrs)
    return spec


def _mark_json(kind: MarkKind) -> dict[str, Any]:
    spec: dict[str, Any] = {"attrs": _attrs_json(kind.attrs)} if kind.attrs else {}
    if kind.excludes is not None:
        spec["excludes"] = kind.excludes
    if not kind.inclusive:
        spec["inclusive"] = False
    return spec


def _attrs_json(attrs: Mapping[str, Attribute]) -> dict[str, Any]:
    return {
        name: {"validate": a.json_type} | ({} if a.is_required else {"default": a.default})
        for name, a in attrs.items()
    }
