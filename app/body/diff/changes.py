"""What changed between two bodies: a list of changes, one for each block.

`compare` makes it, and `render` turns it into HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.body.diff.segments import DiffKind, Segment, link_ends
from app.body.document import Node
from app.body.words import count

ADDRESSES = frozenset({"address", "href"})
WORDLESS = frozenset({*ADDRESSES, "start", "align"})


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
    def is_realigned(self) -> bool:
        """Whether columns of a table that stayed are aligned differently."""
        return self.kind is DiffKind.CHANGED and any(each.name == "align" for each in self.fields)

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
        if self.is_converted or self.is_realigned or self.is_other_picture:
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
        given = any(field.name in ("start", "align") for field in self.fields)
        return moved or self.is_converted or given

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
            if field.name not in WORDLESS:
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
