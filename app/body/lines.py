"""Single line ends that an editor typed: joined, kept as line breaks, or made into paragraphs.

Markdown joins lines that follow each other. The form keeps the text as it was typed beside the draft, with
a sign at each such line end, so that verse, addresses and pasted text can be arranged otherwise later.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from app.body.clean import clean_block, texts
from app.body.document import Body, Node, dumps
from app.body.parts import Tree
from app.body.schema import TEXTBLOCKS

_END = "line end"
LINE_END = "\ufdd0"  # a noncharacter: Unicode leaves it to programs, and no word has it


class LineEnds(StrEnum):
    """What becomes of the ends of lines that follow each other."""

    JOINED = "joined"
    KEPT = "kept"
    PARAGRAPHS = "paragraphs"


class LinesFound(NamedTuple):
    """How typed lines stand in a body now, and how many they are."""

    ends: LineEnds
    lines: int


class _Place(NamedTuple):
    start: int
    end: int
    ends: LineEnds
    typed: Node


def standing(body: Body, typed: Body) -> LinesFound | None:
    """How the lines of `typed` stand in `body`, or None if they are not there any more."""
    places = _places(body, typed)
    if not places:
        return None
    ends = places[0].ends
    return LinesFound(ends, sum(_lines(each.typed) for each in places if each.ends is ends))


def arranged(body: Body, typed: Body, ends: LineEnds) -> Body:
    """`body` with the lines of `typed` that it holds arranged in another way."""
    blocks = list(body.blocks)
    for place in reversed(_places(body, typed)):
        if place.ends is not ends:
            blocks[place.start : place.end] = _with(place.typed, ends)
    return Body.of(blocks)


def _places(body: Body, typed: Body) -> list[_Place]:
    """Where the blocks of `typed` that have line ends stand in `body`, in whichever way, in order."""
    shown = [dumps(clean_block(block)) for block in body.blocks]
    for ends in LineEnds:
        places = list(_all_places(typed, ends))
        if [dumps(each) for place in places for each in _with(place.typed, ends)] == shown:
            return [place for place in places if LINE_END in dumps(place.typed)]
    return _places_found(shown, typed)


def _all_places(typed: Body, ends: LineEnds) -> Iterator[_Place]:
    """Where the blocks of `typed` stand in a body that is nothing but them."""
    at = 0
    for block in typed.blocks:
        end = at + len(_with(block, ends))
        yield _Place(at, end, ends, block)
        at = end


def _places_found(shown: Sequence[str], typed: Body) -> list[_Place]:
    """The same in a body that others have changed too."""
    positions: dict[str, list[int]] = {}
    for index, text in enumerate(shown):
        positions.setdefault(text, []).append(index)
    places: list[_Place] = []
    for block in typed.blocks:
        if LINE_END in dumps(block):
            after = places[-1].end if places else 0
            places.extend(_place(block, shown, positions, after))
    return places


def _place(
    typed: Node, shown: Sequence[str], positions: dict[str, list[int]], after: int
) -> Iterator[_Place]:
    for ends in LineEnds:
        wanted = [dumps(block) for block in _with(typed, ends)]
        found = positions.get(wanted[0], [])
        for start in found[bisect_left(found, after) :][:1]:
            if list(shown[start : start + len(wanted)]) == wanted:
                yield _Place(start, start + len(wanted), ends, typed)
                return


def _lines(node: Node) -> int:
    """How many lines the texts with line ends in a block have."""
    if node["type"] not in TEXTBLOCKS:
        return sum(map(_lines, node.get("content", ())))
    ends = "".join(texts(node)).count(LINE_END)
    return ends + 1 if ends else 0


def _with(node: Node, ends: LineEnds) -> list[Tree]:
    """A typed block with its line ends joined, kept or, in paragraphs, as one paragraph each."""
    block = dict(node)
    if "content" not in block:
        return [block]
    if block["type"] not in TEXTBLOCKS:
        inside = [each for child in block["content"] for each in _with(child, ends)]
        return [block | {"content": inside}]
    if ends is LineEnds.JOINED:
        return [block | {"content": [_joined(each) for each in block["content"]]}]
    nodes = [each for child in block["content"] for each in _pieces(child)]
    if ends is LineEnds.PARAGRAPHS and block["type"] == "paragraph":
        lines = groupby(nodes, lambda each: each["type"] == _END)
        return [block | {"content": list(line)} for is_end, line in lines if not is_end]
    kept = [each | {"type": "hard_break"} if each["type"] == _END else each for each in nodes]
    return [block | {"content": kept}]


def _joined(inline: Node) -> Tree:
    joined = dict(inline)
    if "text" in joined:
        joined["text"] = joined["text"].replace(LINE_END, " ")
    return joined


def _pieces(inline: Node) -> Iterator[Tree]:
    """A text in pieces, with a node of its own, which has the same marks, for each line end."""
    node = dict(inline)
    if "text" not in node:
        yield node
        return
    end = {key: value for key, value in node.items() if key != "text"} | {"type": _END}
    for number, text in enumerate(node["text"].split(LINE_END)):
        if number:
            yield end
        if text:
            yield node | {"text": text}
