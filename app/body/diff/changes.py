"""The comparison of two bodies as a list of changes, one for each block.

Called by the newsroom's comparison and history; `render` turns the result into HTML.
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

# What the block itself shows: a picture, whose post it is, how large a subheading.
_SHOWN_BY_BLOCK = frozenset({"level", "picture", "provider"})
ADDRESSES = frozenset({"address", "href"})
_WORDLESS = frozenset({*ADDRESSES, "start"})


@dataclass(frozen=True)
class AttributeChange:
    """An attribute of a block that came, went or differs."""

    name: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class BlockChange:
    """What became of one block.

    Args:
        kind: kept, inserted, deleted or changed.
        before: the block in the older body, if it was there.
        after: the block in the newer body, if it is there.
        segments: its text, for a block that holds text.
        parts: its inner blocks, for a list, quotation or fact box.
        fields: its attributes that are shown beside it; of a changed block only those that differ.
    """

    kind: DiffKind
    before: Node | None
    after: Node | None
    segments: tuple[Segment, ...] = ()
    parts: tuple["BlockChange", ...] = ()
    fields: tuple[AttributeChange, ...] = ()

    @property
    def node(self) -> Node:
        """The newer block, or the older one if it went."""
        node = self.after if self.after is not None else self.before
        assert node is not None, "a change has a block on one side at least"
        return node

    @property
    def is_turned(self) -> bool:
        """Whether it became a block of another kind, or a smaller or larger subheading."""
        sides = [node for node in (self.before, self.after) if node is not None]
        return len({(node["type"], _attribute(node, "level")) for node in sides}) > 1

    @property
    def is_other_picture(self) -> bool:
        """Whether a figure shows another picture."""
        sides = [node for node in (self.before, self.after) if node is not None]
        return len({_attribute(node, "picture") for node in sides}) > 1

    @property
    def is_unseen(self) -> bool:
        """Whether readers see no difference: only spaces differ, or an empty paragraph came or went."""
        if self.kind in (DiffKind.INSERTED, DiffKind.DELETED) and self.node["type"] != "paragraph":
            return False
        if self.is_turned or self.is_other_picture:
            return False
        own = (*self.segments, *(segment for field in self.fields for segment in field.segments))
        return all(each.is_unseen for each in own) and all(each.is_unseen for each in self.parts)

    @property
    def is_redressed(self) -> bool:
        """Whether words of its own look different."""
        if self.kind is not DiffKind.CHANGED:
            return False
        moved = any(
            segment.is_break or (segment.kind is DiffKind.RESTYLED and segment.link is None)
            for segment in self.segments
            if not segment.is_unseen
        )
        return moved or self.is_turned or any(field.name == "start" for field in self.fields)

    @property
    def links_changed(self) -> int:
        """How many links of its own lead elsewhere."""
        if self.kind is not DiffKind.CHANGED:
            return 0
        return len(link_ends(self.segments)) + sum(each.name in ADDRESSES for each in self.fields)

    def with_parts(self) -> Iterator["BlockChange"]:
        """Itself and every inner block's."""
        yield self
        for part in self.parts:
            yield from part.with_parts()

    def worded(self) -> Iterator[Segment]:
        """Every segment of its own that has words, those of fields too."""
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
    def is_unseen(self) -> bool:
        """Whether readers see no difference."""
        return all(change.is_unseen for change in self.changes)

    @cached_property
    def words_in(self) -> int:
        """How many words came."""
        return self._count(DiffKind.INSERTED)

    @cached_property
    def words_out(self) -> int:
        """How many words went."""
        return self._count(DiffKind.DELETED)

    @property
    def links_changed(self) -> int:
        """How many links lead elsewhere, came or went, on words that stayed."""
        return sum(change.links_changed for change in self._all())

    @property
    def pictures_replaced(self) -> int:
        """How many figures show another picture."""
        return sum(change.is_other_picture for change in self._all())

    @property
    def is_redressed(self) -> bool:
        """Whether words that stayed look different: bold, a subheading, on a line of their own."""
        return any(change.is_redressed for change in self._all())

    def _count(self, kind: DiffKind) -> int:
        segments = (segment for change in self._all() for segment in change.worded())
        return sum(count(segment.text) for segment in segments if segment.kind is kind)

    def _all(self) -> Iterator[BlockChange]:
        for change in self.changes:
            yield from change.with_parts()


def redline(before: Body, after: Body) -> Redline:
    """Compare two bodies as they stand, open suggestions refused."""
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
    """A block that came, went or stayed with all that is in it."""
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
