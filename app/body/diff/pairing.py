"""Pairs the blocks of two bodies: which block became which.

`changes` uses it for redlines, and `merge`. Equal blocks are paired first. Between them, blocks that share
enough words are paired in order. The rest was added or deleted.
"""

from collections.abc import Iterator, Sequence

from app.body.align import matching
from app.body.clean import texts
from app.body.document import Node, dumps
from app.body.schema import TEXTBLOCKS
from app.body.tables import cell_text, cells, has_header
from app.body.words import tokens

Pair = tuple[Node | None, Node | None]

_ALIKE = 0.4
# Up to 30 by 30 blocks are all compared with each other; in a larger gap each only with the one opposite.
_MOST_COMPARED = 900
_LISTS = frozenset({"bullet_list", "ordered_list"})
_SAME_THING = {"figure": "picture", "embed": "address", "related": "href"}


def paired(before: Sequence[Node], after: Sequence[Node]) -> list[Pair]:
    """The blocks of both sides in reading order: pairs, and single blocks with None as the other side.

    Between two pairs, deleted blocks come before added blocks.
    """
    result: list[Pair] = []
    low = left = 0
    equal = matching([dumps(node) for node in before], [dumps(node) for node in after])
    for index, position in [*equal, (len(before), len(after))]:
        result.extend(_gap(before[low:index], after[left:position]))
        if index < len(before):
            result.append((before[index], after[position]))
        low, left = index + 1, position + 1
    return result


def _gap(before: Sequence[Node], after: Sequence[Node]) -> Iterator[Pair]:
    low = left = 0
    for index, position in [*_alike_pairs(before, after), (len(before), len(after))]:
        yield from ((node, None) for node in before[low:index])
        yield from ((None, node) for node in after[left:position])
        if index < len(before):
            yield before[index], after[position]
        low, left = index + 1, position + 1


def _alike_pairs(before: Sequence[Node], after: Sequence[Node]) -> list[tuple[int, int]]:
    if not before or not after:
        return []
    old, new = [_BlockFeatures(node) for node in before], [_BlockFeatures(node) for node in after]
    if len(old) * len(new) > _MOST_COMPARED:
        steps = range(min(len(old), len(new)))
        return [(step, step) for step in steps if old[step].similarity(new[step]) >= _ALIKE]
    return _best_pairs(old, new)


class _BlockFeatures:
    """The features by which a block is compared."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.kind = _family(node["type"])
        self.name = _name(node)
        self.words = {piece for text in texts(node) for piece in tokens(text) if piece.strip()}

    def similarity(self, other: "_BlockFeatures") -> float:
        """0 for nothing in common, 1 for the same words (Dice's measure), picture or name."""
        if self.kind != other.kind:
            return 0.0
        if self.name and self.name == other.name:
            return 1.0
        name = _SAME_THING.get(self.kind)
        if name and self.node["attrs"][name] == other.node["attrs"][name]:
            return 1.0
        total = len(self.words) + len(other.words)
        return 2 * len(self.words & other.words) / total if total else 0.0


def _family(kind: str) -> str:
    """The family of a kind of block. Kinds that can become each other are in one family."""
    if kind in _LISTS:
        return "list"
    return "text" if kind in TEXTBLOCKS and kind != "figure" else kind


def _name(node: Node) -> str:
    """By what a row or a table is known, whatever its numbers are: its first cell, or its header."""
    if node["type"] == "table_row":
        return cell_text(cells(node)[0]).strip()
    return dumps(node["content"][0]) if node["type"] == "table" and has_header(node) else ""


def _best_pairs(
    old: Sequence[_BlockFeatures], new: Sequence[_BlockFeatures]
) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, with the highest total similarity."""
    like = [[a.similarity(b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            joined = like[i][j] + best[i + 1][j + 1] if like[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    return list(_walk(like, best))


def _walk(like: list[list[float]], best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(like) and j < len(like[0]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1
