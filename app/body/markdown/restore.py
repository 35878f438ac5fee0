"""Restores the comments and suggestions of unchanged blocks after an edit in Markdown.

`read` uses it. Markdown shows a body without comments and suggestions. A block whose text comes back
unchanged is replaced by the block from which it was made. A block that is itself a suggestion was not shown,
and stays in its place.
"""

from collections.abc import Sequence

from app.body.align import matching
from app.body.clean import clean_block
from app.body.document import Body, Node, dumps

_EMPTY = {"type": "paragraph"}


def restored(blocks: Sequence[Node], base: Body) -> list[Node]:
    """The blocks. Unchanged blocks are replaced by their originals in `base`."""
    shown, hidden = _shown_and_hidden(base)
    if not hidden and all(dumps(clean) == dumps(block) for clean, block in shown):
        return list(blocks)
    if list(blocks) == [_EMPTY] and all(clean != _EMPTY for clean, _ in shown):
        blocks = []  # nothing was typed: the empty paragraph is there only because a body needs a block
    old, new = [dumps(clean) for clean, _ in shown], [dumps(block) for block in blocks]
    kept = {after: before for before, after in matching(old, new)}
    moved = _moved(old, new, kept)
    result: list[Node] = list(hidden.get(-1, ()))
    at = 0
    for index, block in enumerate(blocks):
        if index in kept:
            result.extend(_hidden_between(hidden, at, kept[index]))
            result.append(shown[kept[index]][1])
            result.extend(hidden.get(kept[index], ()))
            at = kept[index] + 1
        else:
            result.append(shown[moved[index]][1] if index in moved else block)
    return [*result, *_hidden_between(hidden, at, len(shown))]


def _moved(old: Sequence[str], new: Sequence[str], kept: dict[int, int]) -> dict[int, int]:
    """Blocks that are unchanged but in another order: for each, the index of its original."""
    taken = set(kept.values())
    free: dict[str, list[int]] = {}
    for before in reversed(range(len(old))):
        if before not in taken:
            free.setdefault(old[before], []).append(before)
    waiting = (after for after in range(len(new)) if after not in kept and free.get(new[after]))
    return {after: free[new[after]].pop() for after in waiting}


def _hidden_between(hidden: dict[int, list[Node]], start: int, end: int) -> list[Node]:
    return [block for index in range(start, end) for block in hidden.get(index, ())]


def _shown_and_hidden(base: Body) -> tuple[list[tuple[Node, Node]], dict[int, list[Node]]]:
    """Each block that Markdown shows, with its clean form; and hidden blocks, by the block before them."""
    shown: list[tuple[Node, Node]] = []
    hidden: dict[int, list[Node]] = {}
    for block in base.blocks:
        clean = clean_block(block)
        if clean is None:
            hidden.setdefault(len(shown) - 1, []).append(block)
        else:
            shown.append((clean, block))
    return shown, hidden
