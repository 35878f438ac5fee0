"""The comparison of two bodies as a list of changes, one for each block.

Called by the newsroom's comparison and history; `render` turns the result into HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.body.clean import clean_blocks
from app.body.diff.pairing import paired
from app.body.diff.segments import Kind, Segment, compare_lines, whole, words
from app.body.document import Body, Node
from app.body.schema import NODES, TEXTBLOCKS
from app.body.words import count

# A subheading's level and a list's first number show in the block itself, unless they changed.
_SHOWN_BY_BLOCK = ("level", "start")


@dataclass(frozen=True)
class FieldChange:
    """An attribute of a block that came, went or differs."""

    name: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Change:
    """What became of one block.

    Args:
        kind: kept, inserted, deleted or changed.
        before: the block in the older body, if it was there.
        after: the block in the newer body, if it is there.
        segments: its text, for a block that holds text.
        parts: its inner blocks, for a list, quotation or fact box.
        fields: its attributes with words to show; of a changed block only those that differ.
    """

    kind: Kind
    before: Node | None
    after: Node | None
    segments: tuple[Segment, ...] = ()
    parts: tuple["Change", ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def node(self) -> Node:
        """The newer block, or the older one if it went."""
        node = self.after if self.after is not None else self.before
        assert node is not None, "a change has a block on one side at least"
        return node

    def all_segments(self) -> Iterator[Segment]:
        """Every segment in it, those of fields and inner blocks too."""
        yield from self.segments
        for field in self.fields:
            yield from field.segments
        for part in self.parts:
            yield from part.all_segments()


@dataclass(frozen=True)
class Redline:
    """The comparison of two bodies, in reading order."""

    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both bodies read the same."""
        return all(change.kind is Kind.KEPT for change in self.changes)

    @cached_property
    def words_in(self) -> int:
        """How many words came."""
        return self._count(Kind.INSERTED)

    @cached_property
    def words_out(self) -> int:
        """How many words went."""
        return self._count(Kind.DELETED)

    def _count(self, kind: Kind) -> int:
        segments = (s for change in self.changes for s in change.all_segments())
        return sum(count(segment.text) for segment in segments if segment.kind is kind)


def redline(before: Body, after: Body) -> Redline:
    """Compare two bodies as they stand, open suggestions refused."""
    return Redline(_compare(clean_blocks(before), clean_blocks(after)))


def _compare(before: Sequence[Node], after: Sequence[Node]) -> tuple[Change, ...]:
    return tuple(_change(old, new) for old, new in paired(before, after))


def _change(old: Node | None, new: Node | None) -> Change:
    if old is None or new is None or old == new:
        return _whole(old, new)
    fields = tuple(_differing_fields(old, new))
    if new["type"] in TEXTBLOCKS:
        segments = compare_lines(old.get("content", ()), new.get("content", ()))
        return Change(Kind.CHANGED, old, new, segments=segments, fields=fields)
    parts = _compare(old.get("content", ()), new.get("content", ()))
    return Change(Kind.CHANGED, old, new, parts=parts, fields=fields)


def _whole(old: Node | None, new: Node | None) -> Change:
    """A block that came, went or stayed with all that is in it."""
    kind = Kind.INSERTED if old is None else Kind.DELETED if new is None else Kind.KEPT
    node = new if new is not None else old
    assert node is not None, "a pair has a block on one side at least"
    content = node.get("content", ())
    fields = tuple(
        FieldChange(name, whole([{"type": "text", "text": str(value)}], kind))
        for name, value in node.get("attrs", {}).items()
        if name not in _SHOWN_BY_BLOCK and value != ""
    )
    if node["type"] in TEXTBLOCKS:
        return Change(kind, old, new, segments=whole(content, kind), fields=fields)
    parts = tuple(_whole(old and child, new and child) for child in content)
    return Change(kind, old, new, parts=parts, fields=fields)


def _differing_fields(old: Node, new: Node) -> Iterator[FieldChange]:
    same_kind = old["type"] == new["type"]
    for name in dict.fromkeys([*NODES[old["type"]].attrs, *NODES[new["type"]].attrs]):
        was, now = (str(node.get("attrs", {}).get(name, "")) for node in (old, new))
        if was != now and (same_kind or name not in _SHOWN_BY_BLOCK):
            yield FieldChange(name, words(was, now))
