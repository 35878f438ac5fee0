"""Compares two lines of text word by word.

`changes` uses it for the text of blocks. It is also used for headlines and other single lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.body.align import matching
from app.body.document import Node
from app.body.words import tokens

_LONGEST_BY_WORD = 50_000
_SENTENCE = re.compile(r"[^.!?\n]+(?:(?<=\d)\.(?=\d)[^.!?\n]+)*[.!?\n]*|[.!?\n]+")


class DiffKind(StrEnum):
    """How a piece of text or a block changed."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    RESTYLED = "restyled"  # the same words with other formatting; only for text
    CHANGED = "changed"  # something inside changed; only for blocks


class LinkChange(NamedTuple):
    """The former and the new address of a link on words that stayed. Empty for no link."""

    was: str
    now: str


@dataclass(frozen=True)
class Segment:
    """A run of text that changed in one way. `nodes` are its inline nodes: the newer ones for kept text."""

    kind: DiffKind
    nodes: tuple[Node, ...]
    link: LinkChange | None = None

    @property
    def text(self) -> str:
        return "".join(node.get("text", "\n") for node in self.nodes)

    @property
    def is_break(self) -> bool:
        """Whether it is only a line break."""
        return self.text.isspace() and any(node["type"] == "hard_break" for node in self.nodes)

    @property
    def is_invisible(self) -> bool:
        """Whether no change is visible: it did not change, or is only spaces."""
        is_space = self.text.isspace() and not self.is_break
        return self.kind is DiffKind.KEPT or (is_space and self.link is None)


class _Piece(NamedTuple):
    text: str
    node: Node
    link: LinkChange | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.node["type"], self.text


def words(before: str, after: str) -> tuple[Segment, ...]:
    """Compare two single lines word by word."""
    return compare_lines(_line(before), _line(after))


def _line(text: str) -> list[Node]:
    return [{"type": "text", "text": text}] if text else []


def whole(nodes: Sequence[Node], kind: DiffKind) -> tuple[Segment, ...]:
    """A whole line as one segment. No segment if it is empty."""
    return (Segment(kind, tuple(nodes)),) if nodes else ()


def replaced(before: str, after: str) -> tuple[Segment, ...]:
    """One whole line replaced by another. For an address or a number, which have no words to compare."""
    return whole(_line(before), DiffKind.DELETED) + whole(_line(after), DiffKind.INSERTED)


def link_ends(segments: Sequence[Segment]) -> frozenset[int]:
    """The indexes of the segments at which links with a changed address end.

    Added or deleted words inside a link do not end it.
    """
    ends: list[int] = []
    last: LinkChange | None = None
    for index, segment in enumerate(segments):
        if segment.link is not None and segment.link == last:
            ends[-1] = index
        elif segment.link is not None:
            ends.append(index)
        if segment.kind not in _MOVED:
            last = segment.link
    return frozenset(ends)


def compare_lines(before: Sequence[Node], after: Sequence[Node]) -> tuple[Segment, ...]:
    """Compare two lines with their marks.

    Without the inserted segments the result is the older text, and without the deleted segments the newer.
    """
    old, new = _pieces(before), _pieces(after)
    raw: list[tuple[DiffKind, _Piece]] = []
    low = left = 0
    pairs = matching([piece.key for piece in old], [piece.key for piece in new])
    for index, position in [*pairs, (len(old), len(new))]:
        raw.extend((DiffKind.DELETED, piece) for piece in old[low:index])
        raw.extend((DiffKind.INSERTED, piece) for piece in new[left:position])
        if index < len(old):
            raw.append(_stayed(old[index], new[position]))
        low, left = index + 1, position + 1
    return tuple(_joined(_swallow_spaces(raw)))


def _pieces(nodes: Sequence[Node]) -> list[_Piece]:
    return [_Piece(text, node) for node in nodes for text in _split(node)]


def _split(node: Node) -> list[str]:
    """The words of the text. In a text much longer than a paragraph, its sentences, to limit the cost."""
    if node["type"] != "text":
        return ["\n"]
    text: str = node["text"]
    return tokens(text) if len(text) <= _LONGEST_BY_WORD else _SENTENCE.findall(text)


def _stayed(old: _Piece, new: _Piece) -> tuple[DiffKind, _Piece]:
    was, now = old.node.get("marks", ()), new.node.get("marks", ())
    if was == now:
        return DiffKind.KEPT, new
    link = LinkChange(_address(was), _address(now))
    return DiffKind.RESTYLED, new if link.was == link.now else new._replace(link=link)


def _address(marks: Sequence[Node]) -> str:
    return next((mark["attrs"]["href"] for mark in marks if mark["type"] == "link"), "")


def _swallow_spaces(raw: list[tuple[DiffKind, _Piece]]) -> list[tuple[DiffKind, _Piece]]:
    """Turns a kept space between two replaced words into a change, so that they read as one change."""
    result: list[tuple[DiffKind, _Piece]] = []
    for index, (kind, piece) in enumerate(raw):
        if kind is DiffKind.KEPT and piece.text.isspace() and piece.node["type"] == "text":
            around = {raw[near][0] for near in (index - 1, index + 1) if 0 <= near < len(raw)}
            first = raw[index - 1][0] if index else DiffKind.KEPT
            if first in _MOVED and around <= _MOVED and index + 1 < len(raw):
                result += [(DiffKind.DELETED, piece), (DiffKind.INSERTED, piece)]
                continue
        result.append((kind, piece))
    return result


_MOVED = frozenset({DiffKind.DELETED, DiffKind.INSERTED})


def _joined(raw: list[tuple[DiffKind, _Piece]]) -> Iterator[Segment]:
    """One segment for each run. In a run of changes, deleted text comes before inserted text."""
    run: dict[DiffKind, list[_Piece]] = {}
    for kind, piece in raw:
        goes_on = kind in run and run[kind][-1].link == piece.link
        if run and not (goes_on or {kind, *run} <= _MOVED):
            yield from _segments(run)
            run = {}
        run.setdefault(kind, []).append(piece)
    yield from _segments(run)


def _segments(run: dict[DiffKind, list[_Piece]]) -> Iterator[Segment]:
    for kind in (DiffKind.KEPT, DiffKind.RESTYLED, DiffKind.DELETED, DiffKind.INSERTED):
        if kind in run:
            yield Segment(kind, tuple(_merged(run[kind])), run[kind][0].link)


def _merged(pieces: list[_Piece]) -> Iterator[Node]:
    """The inline nodes of a run. Neighbouring texts with the same marks are joined."""
    text, last = "", None
    for piece in pieces:
        joins = last is not None and last["type"] == piece.node["type"] == "text"
        if last is not None and joins and last.get("marks") == piece.node.get("marks"):
            text += piece.text
            continue
        if last is not None:
            yield _with_text(last, text)
        text, last = piece.text, piece.node
    if last is not None:
        yield _with_text(last, text)


def _with_text(node: Node, text: str) -> Node:
    return {**node, "text": text} if node["type"] == "text" else node
