"""Compares two bodies: the result is a list of changes, one for each block.

The newsroom's comparison and a story's history call this. `render` turns the result into HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.body.clean import clean_blocks
from app.body.diff.pairing import paired
from app.body.diff.segments import (
    DiffKind,
    Segment,
    compare_lines,
    link_ends,
    replaced,
    whole,
    words,
)
from app.body.document import Body, Node
from app.body.schema import NODES, TEXTBLOCKS
from app.body.words import count

# Attributes that are visible in the block itself: the picture, the provider, the level of a subheading.
_SHOWN_BY_BLOCK = frozenset({"level", "picture", "provider"})
ADDRESSES = frozenset({"address", "href"})
_WORDLESS = frozenset({*ADDRESSES, "start"})


@dataclass(frozen=True)
class AttributeChange:
    """An attribute of a block that was added, deleted or changed."""

    name: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class BlockChange:
    """The change to one block.

    Args:
        kind: kept, inserted, deleted or changed.
        before: the block in the older body, if it was there.
        after: the block in the newer body, if it is there.
        segments: its text, for a block that holds text.
        parts: its inner blocks, for a list, quotation or fact box.
        fields: its attributes that are shown beside it; for a changed block, only those that differ.
    """

    kind: DiffKind
    before: Node | None
    after: Node | None
    segments: tuple[Segment, ...] = ()
    parts: tuple["BlockChange", ...] = ()
    fields: tuple[AttributeChange, ...] = ()

    @property
    def node(self) -> Node:
        """The newer block, or the older one if it was deleted."""
        node = self.after if self.after is not None else self.before
        assert node is not None, "a change has a block on one side at least"
        return node

    @property
    def is_converted(self) -> bool:
        """Whether the kind of the block, or the level of the subheading, changed."""
        sides = [node for node in (self.before, self.after) if node is not None]
        return len({(node["type"], _attribute(node, "level")) for node in sides}) > 1

    @property
    def is_other_picture(self) -> bool:
        """Whether a figure shows another picture."""
        sides = [node for node in (self.before, self.after) if node is not None]
        return len({_attribute(node, "picture") for node in sides}) > 1

    @property
    def is_invisible(self) -> bool:
        """Whether readers see no difference: only spaces or empty paragraphs differ."""
        if self.kind in (DiffKind.INSERTED, DiffKind.DELETED) and self.node["type"] != "paragraph":
            return False
        if self.is_converted or self.is_other_picture:
            return False
        own = (*self.segments, *(segment for field in self.fields for segment in field.segments))
        return all(each.is_invisible for each in own) and all(
            each.is_invisible for each in self.parts
        )

    @property
    def is_reformatted(self) -> bool:
        """Whether the formatting of its own words changed."""
        if self.kind is not DiffKind.CHANGED:
            return False
        moved = any(
            segment.is_break or (segment.kind is DiffKind.RESTYLED and segment.link is None)
            for segment in self.segments
            if not segment.is_invisible
        )
        return moved or self.is_converted or any(field.name == "start" for field in self.fields)

    @property
    def links_changed(self) -> int:
        """How many of its own links have a new address."""
        if self.kind is not DiffKind.CHANGED:
            return 0
        return len(link_ends(self.segments)) + sum(each.name in ADDRESSES for each in self.fields)

    def with_parts(self) -> Iterator["BlockChange"]:
        """This change and the changes of all inner blocks."""
        yield self
        for part in self.parts:
            yield from part.with_parts()

    def worded(self) -> Iterator[Segment]:
        """All its own segments that have words, including those of attributes."""
        yield from self.segments
        for field in self.fields:
            if field.name not in _WORDLESS:
                yield from field.segments


def _attribute(node: Node, name: str) -> object:
    return node.get("attrs", {}).get(name)


@dataclass(frozen=True)
class Redline:
    """The comparison of two bodies, in reading order."""

    changes: tuple[BlockChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both bodies read the same."""
        return all(change.kind is DiffKind.KEPT for change in self.changes)

    @property
    def is_invisible(self) -> bool:
        """Whether readers see no difference."""
        return all(change.is_invisible for change in self.changes)

    @cached_property
    def words_in(self) -> int:
        """How many words were added."""
        return self._count(DiffKind.INSERTED)

    @cached_property
    def words_out(self) -> int:
        """How many words were deleted."""
        return self._count(DiffKind.DELETED)

    @property
    def links_changed(self) -> int:
        """How many links were changed, added or deleted on words that stayed."""
        return sum(change.links_changed for change in self._all())

    @property
    def pictures_replaced(self) -> int:
        """How many figures have another picture."""
        return sum(change.is_other_picture for change in self._all())

    @property
    def is_reformatted(self) -> bool:
        """Whether words that stayed have another format: bold, a subheading, a new line."""
        return any(change.is_reformatted for change in self._all())

    def _count(self, kind: DiffKind) -> int:
        segments = (segment for change in self._all() for segment in change.worded())
        return sum(count(segment.text) for segment in segments if segment.kind is kind)

    def _all(self) -> Iterator[BlockChange]:
        for change in self.changes:
            yield from change.with_parts()


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
    parts = _compare(old.get("content", ()), new.get("content", ()))
    return BlockChange(DiffKind.CHANGED, old, new, parts=parts, fields=fields)


def _whole(old: Node | None, new: Node | None) -> BlockChange:
    """The change of a block that was added, deleted or kept as a whole."""
    kind = DiffKind.INSERTED if old is None else DiffKind.DELETED if new is None else DiffKind.KEPT
    node = new if new is not None else old
    assert node is not None, "a pair has a block on one side at least"
    content = node.get("content", ())
    fields = tuple(
        AttributeChange(name, whole([{"type": "text", "text": str(value)}], kind))
        for name, value in node.get("attrs", {}).items()
        if name not in _SHOWN_BY_BLOCK and name != "start" and value != ""
    )
    if node["type"] in TEXTBLOCKS:
        return BlockChange(kind, old, new, segments=whole(content, kind), fields=fields)
    parts = tuple(_whole(old and child, new and child) for child in content)
    return BlockChange(kind, old, new, parts=parts, fields=fields)


def _differing_fields(old: Node, new: Node) -> Iterator[AttributeChange]:
    same_kind = old["type"] == new["type"]
    for name in dict.fromkeys([*NODES[old["type"]].attrs, *NODES[new["type"]].attrs]):
        was, now = (str(node.get("attrs", {}).get(name, "")) for node in (old, new))
        if was == now or name in _SHOWN_BY_BLOCK or (name == "start" and not same_kind):
            continue
        yield AttributeChange(name, (replaced if name in _WORDLESS else words)(was, now))
