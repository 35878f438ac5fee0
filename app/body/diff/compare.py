"""Compares two bodies: the result is a list of changes, one for each block.

The newsroom's comparison and a story's history call this.
"""

from collections.abc import Iterator, Sequence

from app.body.clean import clean_blocks
from app.body.diff.changes import WORDLESS, AttributeChange, BlockChange, Redline
from app.body.diff.pairing import paired
from app.body.diff.segments import DiffKind, compare_lines, replaced, whole, words
from app.body.diff.tables import cell_pairs, column_pairs, row_pairs
from app.body.document import Body, Node
from app.body.schema import NODES, TEXTBLOCKS

# Attributes that are visible in the block itself: the picture, the provider, the level of a subheading.
_SHOWN_BY_BLOCK = frozenset({"level", "picture", "provider"})
# Attributes that a block which came or left does not name, because they say how it looks.
_LOOKS = frozenset({"start", "align"})


def redline(before: Body, after: Body) -> Redline:
    """Compare two bodies, without open suggestions."""
    return Redline(_compare(clean_blocks(before), clean_blocks(after)))


def _compare(before: Sequence[Node], after: Sequence[Node]) -> tuple[BlockChange, ...]:
    return tuple(_change(old, new) for old, new in paired(before, after))


def _change(old: Node | None, new: Node | None) -> BlockChange:
    if old is None or new is None or old == new:
        return _whole(old, new)
    fields = tuple(_differing_fields(old, new))
    if new["type"] in TEXTBLOCKS:
        segments = compare_lines(old.get("content", ()), new.get("content", ()))
        return BlockChange(DiffKind.CHANGED, old, new, segments=segments, fields=fields)
    if new["type"] == "table":
        parts = _compare_tables(old, new)
    else:
        parts = _compare(old.get("content", ()), new.get("content", ()))
    return BlockChange(DiffKind.CHANGED, old, new, parts=parts, fields=fields)


def _compare_tables(old: Node, new: Node) -> tuple[BlockChange, ...]:
    """The rows, in each a change for every column of either table."""
    columns = column_pairs(old, new)
    return tuple(_change_row(was, now, columns) for was, now in row_pairs(old, new))


def _change_row(
    old: Node | None, new: Node | None, columns: Sequence[tuple[int | None, int | None]]
) -> BlockChange:
    parts = tuple(_change(was, now) for was, now in cell_pairs(old, new, columns))
    kinds = {part.kind for part in parts}
    if kinds == {DiffKind.KEPT}:
        return BlockChange(DiffKind.KEPT, old, new, parts=parts)
    kind = (
        DiffKind.INSERTED if old is None else DiffKind.DELETED if new is None else DiffKind.CHANGED
    )
    return BlockChange(kind, old, new, parts=parts)


def _whole(old: Node | None, new: Node | None) -> BlockChange:
    """The change of a block that was added, deleted or kept as a whole."""
    kind = DiffKind.INSERTED if old is None else DiffKind.DELETED if new is None else DiffKind.KEPT
    node = new if new is not None else old
    assert node is not None, "a pair has a block on one side at least"
    content = node.get("content", ())
    fields = tuple(
        AttributeChange(name, whole([{"type": "text", "text": str(value)}], kind))
        for name, value in node.get("attrs", {}).items()
        if name not in _SHOWN_BY_BLOCK | _LOOKS and value != ""
    )
    if node["type"] in TEXTBLOCKS:
        return BlockChange(kind, old, new, segments=whole(content, kind), fields=fields)
    parts = tuple(_whole(old and child, new and child) for child in content)
    return BlockChange(kind, old, new, parts=parts, fields=fields)


def _differing_fields(old: Node, new: Node) -> Iterator[AttributeChange]:
    same_kind = old["type"] == new["type"]
    for name in dict.fromkeys([*NODES[old["type"]].attrs, *NODES[new["type"]].attrs]):
        was, now = (str(node.get("attrs", {}).get(name, "")) for node in (old, new))
        if was == now or name in _SHOWN_BY_BLOCK or (name in _LOOKS and not same_kind):
            continue
        yield AttributeChange(name, (replaced if name in WORDLESS else words)(was, now))
