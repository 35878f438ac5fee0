"""Reads an untrusted value as a body's tree: bounded, strictly typed, in one normal form.

Called by `document.Body.parse` alone. Nothing here recurses, so no nesting can exhaust the stack.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.body.attributes import Attribute
from app.body.errors import (
    BadValue,
    BodyError,
    Malformed,
    Misplaced,
    TooLarge,
    UnknownPart,
    UnsafeLink,
    excerpt,
)
from app.body.links import safe_href
from app.body.port import allows_mark, misplaced_child
from app.body.providers import PROVIDERS, fits
from app.body.schema import EXCLUDED, MARKS, NODES, RANK, TEXTBLOCKS

MAX_DEPTH = 32
MAX_NODES = 20_000
MAX_MARKS = 100
_NODE_KEYS = frozenset({"type", "attrs", "content", "marks"})
_TEXT_KEYS = frozenset({"type", "text", "marks"})
_MARK_KEYS = frozenset({"type", "attrs"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

Tree = dict[str, Any]


class Place(NamedTuple):
    """Where in a body something stands: index of its top-level block, and the words for it."""

    block: int | None = None
    words: str = ""

    def child(self, parent: str, index: int) -> "Place":
        """The place of a child: inside a line of text it is that of the line."""
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

    Defaults are filled in, links are in their normal form, marks in the order of their rank, neighbouring text with
    the same marks is one text.

    Raises:
        BodyError: of the kind that says what is wrong, naming the place.
    """
    found: list[Tree] = []
    waiting = [_Waiting(value, found, "", 0, Place())]
    count = 0
    while waiting:
        count += 1
        if count + len(waiting) > MAX_NODES:
            raise TooLarge(f"a story may have at most {MAX_NODES:,} parts")
        task = waiting.pop()
        node = _read_node(task)
        _add(task.siblings, node)
        waiting.extend(reversed(list(_children(task, node))))
    if found[0]["type"] != "doc":
        raise Malformed("the outermost part must be a doc")
    _check_content(found[0])
    return found[0]


def _children(task: _Waiting, node: Tree) -> Iterator[_Waiting]:
    """What stands inside a node that was just read, still unread."""
    content = task.value.get("content", []) if isinstance(task.value, dict) else []
    if not isinstance(content, list):
        raise _at(task.place, Malformed("content must be a list"))
    if len(content) > MAX_NODES:
        raise _at(task.place, TooLarge(f"a story may have at most {MAX_NODES:,} parts"))
    if not content:
        return
    if task.depth == MAX_DEPTH:
        raise _at(task.place, TooLarge(f"nested more than {MAX_DEPTH} deep"))
    inside: list[Tree] = []
    node["content"] = inside
    for index, child in enumerate(content):
        place = task.place.child(node["type"], index)
        yield _Waiting(child, inside, node["type"], task.depth + 1, place)


def _read_node(task: _Waiting) -> Tree:
    value, place = task.value, task.place
    try:
        if not isinstance(value, dict):
            raise Malformed(f"expected a part of the story, found {excerpt(value)}")
        name = _known(value, NODES, "part")
        _refuse_other_keys(value, _TEXT_KEYS if name == "text" else _NODE_KEYS)
        node: Tree = {"type": name}
        if name == "text":
            node["text"] = _read_text(value.get("text"))
        elif NODES[name].attrs or value.get("attrs"):
            node["attrs"] = _read_attrs(value.get("attrs"), NODES[name].attrs)
            _check_embed(node)
        marks = _read_marks(value.get("marks"), task.parent)
        return node | {"marks": marks} if marks else node
    except BodyError as error:
        raise _at(place, error) from None


def _at(place: Place, error: BodyError) -> BodyError:
    return type(error)(error.problem, place.words, block=place.block)


def _known(value: Mapping[Any, Any], kinds: Mapping[str, object], noun: str) -> str:
    name = value.get("type")
    if not isinstance(name, str):
        raise Malformed(f"a {noun} without a type")
    if name not in kinds:
        raise UnknownPart(f"there is no {noun} called “{excerpt(name)}”")
    return name


def _refuse_other_keys(value: Mapping[Any, Any], allowed: frozenset[str]) -> None:
    for key in value:
        if key not in allowed:
            raise Malformed(f"unknown key “{excerpt(key)}”")


def _read_text(text: object) -> str:
    if type(text) is not str:
        raise Malformed("a text without its words")
    if not text:
        raise Malformed("a text may not be empty")
    bad = _FORBIDDEN.search(text)
    if bad:
        raise BadValue(f"the text holds a character that cannot be kept (U+{ord(bad[0]):04X})")
    return text


def _read_attrs(given: object, known: Mapping[str, Attribute]) -> Tree:
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise Malformed("attrs must be an object")
    for name in given:
        if name not in known:
            raise UnknownPart(f"there is no attribute “{excerpt(name)}” here")
    return {name: _read_attr(name, given, rule) for name, rule in known.items()}


def _read_attr(name: str, given: Mapping[str, object], rule: Attribute) -> object:
    if name not in given:
        if rule.is_required:
            raise BadValue(f"{name} is missing")
        return rule.default
    value = given[name]
    if name == "href":
        return _read_href(value, rule)
    if name in ("previousValue", "newValue") and isinstance(value, dict):
        return _read_plain_mark(value)
    problem = rule.problem(value)
    if problem:
        raise BadValue(f"{name} {problem}")
    return value


def _read_href(value: object, rule: Attribute) -> str:
    href = safe_href(value) if type(value) is str else None
    problem = rule.problem(href)
    if href is None or problem:
        raise UnsafeLink(f"the link “{excerpt(value)}” {problem}")
    return href


def _check_embed(node: Tree) -> None:
    if node["type"] != "embed":
        return
    provider = node["attrs"]["provider"]
    if not fits(provider, node["attrs"]["address"]):
        raise UnsafeLink(f"the address is not one of {PROVIDERS[provider].label}")


def _read_marks(given: object, parent: str) -> list[Tree]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise Malformed("marks must be a list")
    if len(given) > MAX_MARKS:
        raise TooLarge(f"more than {MAX_MARKS} marks on one text")
    marks: list[Tree] = []
    for value in given:
        mark = _read_mark(value)
        if mark not in marks:
            _check_mark(mark["type"], marks, parent)
            marks.append(mark)
    return sorted(marks, key=lambda mark: RANK[mark["type"]])


def _read_mark(value: object) -> Tree:
    if not isinstance(value, dict):
        raise Malformed(f"expected a mark, found {excerpt(value)}")
    name = _known(value, MARKS, "mark")
    _refuse_other_keys(value, _MARK_KEYS)
    if not MARKS[name].attrs and not value.get("attrs"):
        return {"type": name}
    return {"type": name, "attrs": _read_attrs(value.get("attrs"), MARKS[name].attrs)}


def _read_plain_mark(value: object) -> Tree:
    """A mark named inside a suggestion; it may not be a suggestion itself."""
    if isinstance(value, dict) and value.get("type") in ("insertion", "deletion", "modification"):
        raise Misplaced("a suggestion may not hold another suggestion")
    return _read_mark(value)


def _check_mark(name: str, others: list[Tree], parent: str) -> None:
    if not parent or not allows_mark(parent, name):
        raise Misplaced(f"the mark “{name}” may not stand here")
    for other in others:
        if other["type"] in EXCLUDED[name] or name in EXCLUDED[other["type"]]:
            raise Misplaced(f"the marks “{other['type']}” and “{name}” exclude each other")


def _add(siblings: list[Tree], node: Tree) -> None:
    """Append a node; join it to the text before it if that has the same marks."""
    last = siblings[-1] if siblings else None
    same = last is not None and last["type"] == node["type"] == "text"
    if last is not None and same and last.get("marks") == node.get("marks"):
        last["text"] += node["text"]
    else:
        siblings.append(node)


def _check_content(doc: Tree) -> None:
    """Every part stands where the schema allows it."""
    waiting = [(doc, Place())]
    while waiting:
        node, place = waiting.pop()
        children = node.get("content", [])
        wrong = misplaced_child(node["type"], [child["type"] for child in children])
        if wrong is not None:
            raise _at(place, _misplaced(node["type"], children, wrong))
        waiting.extend(
            (child, place.child(node["type"], index))
            for index, child in reversed(list(enumerate(children)))
            if child["type"] != "text"
        )


def _misplaced(parent: str, children: list[Tree], wrong: int) -> Misplaced:
    if wrong == len(children):
        return Misplaced(f"a {parent} is missing something inside")
    return Misplaced(f"a {children[wrong]['type']} may not stand there in a {parent}")
