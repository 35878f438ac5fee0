"""Merges two editors' changes to one body, block by block.

It is called when a form is saved that was filled from an older version. A change by only one of them is
taken. When both changed the same block differently, the result is a `BodyClash` with both texts, and an
editor chooses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.body.diff.pairing import paired
from app.body.document import Body, Node
from app.body.merge_tables import merged_inside

CHOICES = ("mine", "theirs", "both")


@dataclass(frozen=True)
class Merged:
    """Both sides in one body. `took` counts the changes of the other side that mine did not have."""

    body: Body
    took: int


@dataclass(frozen=True)
class ClashingPart:
    """Neighbouring blocks that both sides changed differently. Each side may be empty."""

    base: tuple[Node, ...]
    mine: tuple[Node, ...]
    theirs: tuple[Node, ...]

    def chosen(self, choice: "str | Body") -> tuple[Node, ...]:
        """The blocks for `mine`, `theirs`, `both` (mine first) or a newly written body."""
        if isinstance(choice, Body):
            return () if choice.is_empty else tuple(choice.blocks)
        if choice not in CHOICES:
            raise ValueError(f"choose one of {', '.join(CHOICES)}")
        mine = self.mine if choice in ("mine", "both") else ()
        return mine + (self.theirs if choice in ("theirs", "both") else ())


@dataclass(frozen=True)
class BodyClash:
    """A merge that needs an editor. `stretches` are merged blocks and clashing parts, in order."""

    stretches: tuple[tuple[Node, ...] | ClashingPart, ...]

    @property
    def parts(self) -> tuple[ClashingPart, ...]:
        """The parts in which the sides clash, in order."""
        return tuple(stretch for stretch in self.stretches if isinstance(stretch, ClashingPart))

    def resolve(self, choices: Sequence[str | Body]) -> Body:
        """The body with every clash decided.

        Args:
            choices: one for each of `parts`, see `ClashingPart.chosen`.

        Raises:
            ValueError: too many or too few choices, or an unknown one.
            BodyError: both sides together are larger than a body may be.
        """
        if len(choices) != len(self.parts):
            raise ValueError(f"{len(self.parts)} choices are needed, not {len(choices)}")
        remaining = iter(choices)
        blocks: list[Node] = []
        for stretch in self.stretches:
            blocks += (
                stretch.chosen(next(remaining)) if isinstance(stretch, ClashingPart) else stretch
            )
        return Body.of(blocks)


@dataclass(frozen=True)
class _Edit:
    """One side replaces `base[start:end]` with `blocks`. If start and end are equal, it is an insertion."""

    start: int
    end: int
    blocks: tuple[Node, ...]

    def meets(self, other: "_Edit") -> bool:
        """Whether both edits change the same block, or insert at the same point."""
        if self.start == self.end or other.start == other.end:
            same_point = (self.start, self.end) == (other.start, other.end)
            return (
                same_point
                or self.start < other.start < self.end
                or other.start < self.start < other.end
            )
        return self.start < other.end and other.start < self.end


def merge(base: Body, mine: Body, theirs: Body) -> Merged | BodyClash:
    """Merge the changes of both sides to `base`.

    The same change on both sides is no clash. Changes to neighbouring blocks are no clash either.

    Raises:
        BodyError: both sides together are larger than a body may be.
    """
    stretches, took = _merged(base.blocks, mine.blocks, theirs.blocks)
    clash = BodyClash(tuple(stretches))
    return clash if clash.parts else Merged(clash.resolve([]), took)


_Stretches = list[tuple[Node, ...] | ClashingPart]


def _merged(
    base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node]
) -> tuple[_Stretches, int]:
    """The stretches in order, and how many changes of the other side mine did not have."""
    stretches: _Stretches = []
    at = took = 0
    for left, right in _groups(_edits(base, mine), _edits(base, theirs)):
        start = min(edit.start for edit in left + right)
        end = max(edit.end for edit in left + right)
        stretches.append(tuple(base[at:start]))
        stretches.append(_combined(base, left, right, start, end))
        took += sum(edit not in left for edit in right)
        at = end
    stretches.append(tuple(base[at:]))
    return stretches, took


def _merged_rows(
    base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node]
) -> Sequence[Node] | None:
    rows: list[Node] = []
    for stretch in _merged(base, mine, theirs)[0]:
        if isinstance(stretch, ClashingPart):
            return None
        rows += stretch
    return rows


def _edits(base: Sequence[Node], side: Sequence[Node]) -> list[_Edit]:
    """The edits of one side. Each changed block is a separate edit; other neighbouring edits are joined."""
    edits: list[_Edit] = []
    open_end: int | None = None
    at = 0
    for old, new in paired(base, side):
        start, at = at, at + (old is not None)
        if old is not None and new is not None:
            open_end = None
            if old != new:
                edits.append(_Edit(start, at, (new,)))
            continue
        blocks = () if new is None else (new,)
        if open_end == start:
            last = edits.pop()
            edits.append(_Edit(last.start, at, last.blocks + blocks))
        else:
            edits.append(_Edit(start, at, blocks))
        open_end = at
    return edits


def _groups(
    ours: Sequence[_Edit], others: Sequence[_Edit]
) -> Iterator[tuple[list[_Edit], list[_Edit]]]:
    """Groups of edits from both sides that meet, in the order of the base."""
    edits = [(edit, 0) for edit in ours] + [(edit, 1) for edit in others]
    edits.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1]))
    group: tuple[list[_Edit], list[_Edit]] = ([], [])
    for edit, side in edits:
        if any(edit.meets(other) for other in group[1 - side]):
            group[side].append(edit)
            continue
        if group[0] or group[1]:
            yield group
        group = ([], [])
        group[side].append(edit)
    if group[0] or group[1]:
        yield group


def _combined(
    base: Sequence[Node], left: list[_Edit], right: list[_Edit], start: int, end: int
) -> tuple[Node, ...] | ClashingPart:
    """The blocks of the only side that changed them, or of both if they agree. Otherwise a clash."""
    mine, theirs = _applied(base, left, start, end), _applied(base, right, start, end)
    if mine == theirs or not right:
        return mine
    if not left:
        return theirs
    table = merged_inside(base[start:end], mine, theirs, _merged_rows)
    return ClashingPart(tuple(base[start:end]), mine, theirs) if table is None else (table,)


def _applied(base: Sequence[Node], edits: list[_Edit], start: int, end: int) -> tuple[Node, ...]:
    blocks: list[Node] = []
    for edit in edits:
        blocks += [*base[start : edit.start], *edit.blocks]
        start = edit.end
    return (*blocks, *base[start:end])
