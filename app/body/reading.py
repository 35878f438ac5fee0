"""Reads an untrusted value as the tree of a body: limited in size, strictly typed, in a normal form.

Only `document.Body.parse` calls this. Nothing here is recursive, so deep nesting cannot exhaust the stack.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.body.errors import BodyError, MalformedError, MisplacedError, TooLargeError
from app.body.parts import read_part
from app.body.port import misplaced_child
from app.body.schema import NAMES, TEXTBLOCKS
from app.body.tables import table_problem

MAX_DEPTH = 32
MAX_NODES = 20_000

Tree = dict[str, Any]


class Place(NamedTuple):
    """A place in a body: the index of its top-level block, and its description for messages."""

    block: int | None = None
    words: str = ""

    def child(self, parent: str, index: int) -> "Place":
        """The place of a child. Inside a line of text, it is the place of the line."""
        if parent == "doc":
            return Place(index, f"block {index + 1}")
        if parent in TEXTBLOCKS:
            return self
        noun = "item" if parent.endswith("_list") else "part"
        return Place(self.block, f"{self.words}, {noun} {index + 1}")


class _Waiting(NamedTuple):
    value: object
    siblings: list[Tree]
    parent: str
    depth: int
    place: Place


def read_tree(value: object) -> Tree:
    """The normal form of an untrusted document.

    Defaults are filled in, links are in their normal form, marks are in the order of their rank, and
    neighbouring text with the same marks is joined.

    Raises:
        BodyError: the kind says what is wrong, and the message names the place.
    """
    found: list[Tree] = []
    waiting = [_Waiting(value, found, "", 0, Place())]
    count = 0
    while waiting:
        count += 1
        if count + len(waiting) > MAX_NODES:
            raise TooLargeError(f"a story may have at most {MAX_NODES:,} parts")
        task = waiting.pop()
        node = _read(task)
        _add(task.siblings, node)
        waiting.extend(reversed(list(_children(task, node))))
    if found[0]["type"] != "doc":
        raise MalformedError("the outermost part must be a doc")
    _check_content(found[0])
    return found[0]


def _children(task: _Waiting, node: Tree) -> Iterator[_Waiting]:
    """The children of a node that was just read. They are not read yet."""
    content = task.value.get("content", []) if isinstance(task.value, dict) else []
    if not isinstance(content, list):
        raise _at(task.place, MalformedError("content must be a list"))
    if len(content) > MAX_NODES:
        raise _at(task.place, TooLargeError(f"a story may have at most {MAX_NODES:,} parts"))
    if not content:
        return
    if task.depth == MAX_DEPTH:
        raise _at(task.place, TooLargeError(f"nested more than {MAX_DEPTH} deep"))
    inside: list[Tree] = []
    node["content"] = inside
    for index, child in enumerate(content):
        place = task.place.child(node["type"], index)
        yield _Waiting(child, inside, node["type"], task.depth + 1, place)


def _read(task: _Waiting) -> Tree:
    try:
        return read_part(task.value, task.parent)
    except BodyError as error:
        raise _at(task.place, error) from None


def _at(place: Place, error: BodyError) -> BodyError:
    return type(error)(error.problem, place.words, block=place.block)


def _add(siblings: list[Tree], node: Tree) -> None:
    """Append a node. Join it to the text before it if that has the same marks."""
    last = siblings[-1] if siblings else None
    same = last is not None and last["type"] == node["type"] == "text"
    if last is not None and same and last.get("marks") == node.get("marks"):
        last["text"] += node["text"]
    else:
        siblings.append(node)


def _check_content(doc: Tree) -> None:
    """Raises `MisplacedError` for a node in a place that the schema does not allow."""
    waiting = [(doc, Place())]
    while waiting:
        node, place = waiting.pop()
        children = node.get("content", [])
        wrong = misplaced_child(node["type"], [child["type"] for child in children])
        if wrong is not None:
            raise _at(place, _misplaced(node["type"], children, wrong))
        if node["type"] == "table" and (problem := table_problem(node)):
            raise _at(place, TooLargeError(problem))
        waiting.extend(
            (child, place.child(node["type"], index))
            for index, child in reversed(list(enumerate(children)))
            if child["type"] != "text"
        )


def _misplaced(parent: str, children: list[Tree], wrong: int) -> MisplacedError:
    outer = NAMES.get(parent, parent)
    if wrong == len(children):
        return MisplacedError(f"{outer} is missing something inside")
    inner = NAMES.get(children[wrong]["type"], children[wrong]["type"])
    return MisplacedError(f"{inner} may not stand there in {outer}")
