"""Reads the text, attributes and marks of one node of an untrusted body.

`reading` calls this for every node. The only thing known about the surroundings is the kind of the parent.
"""

import re
from collections.abc import Mapping
from typing import Any

from app.body.attributes import Attribute
from app.body.errors import (
    BadValueError,
    MalformedError,
    MisplacedError,
    TooLargeError,
    UnknownPartError,
    UnsafeLinkError,
    excerpt,
)
from app.body.links import safe_href
from app.body.port import allows_mark
from app.body.providers import PROVIDERS, fits
from app.body.schema import EXCLUDED, MARKS, NODES, RANK

MAX_MARKS = 100
_NODE_KEYS = frozenset({"type", "attrs", "content", "marks"})
_TEXT_KEYS = frozenset({"type", "text", "marks"})
_MARK_KEYS = frozenset({"type", "attrs"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

Tree = dict[str, Any]


def read_part(value: object, parent: str) -> Tree:
    """Read one node without its children.

    Args:
        value: untrusted JSON.
        parent: the kind of the parent, which is already read; empty for the document itself.

    Raises:
        BodyError: without a place, which `reading` adds.
    """
    if not isinstance(value, dict):
        raise MalformedError(f"expected a part of the story, found {excerpt(value)}")
    name = _known(value, NODES, "part")
    _refuse_other_keys(value, _TEXT_KEYS if name == "text" else _NODE_KEYS)
    node: Tree = {"type": name}
    if name == "text":
        node["text"] = _read_text(value.get("text"))
    elif NODES[name].attrs or value.get("attrs"):
        node["attrs"] = _read_attrs(value.get("attrs"), NODES[name].attrs)
        _check_embed(node)
    marks = _read_marks(value.get("marks"), parent)
    return node | {"marks": marks} if marks else node


def _known(value: Mapping[Any, Any], kinds: Mapping[str, object], noun: str) -> str:
    name = value.get("type")
    if not isinstance(name, str):
        raise MalformedError(f"a {noun} without a type")
    if name not in kinds:
        raise UnknownPartError(f"there is no {noun} called “{excerpt(name)}”")
    return name


def _refuse_other_keys(value: Mapping[Any, Any], allowed: frozenset[str]) -> None:
    for key in value:
        if key not in allowed:
            raise MalformedError(f"unknown key “{excerpt(key)}”")


def _read_text(text: object) -> str:
    if type(text) is not str:
        raise MalformedError("a text without its words")
    if not text:
        raise MalformedError("a text may not be empty")
    bad = _FORBIDDEN.search(text)
    if bad:
        raise BadValueError(f"the text holds a character that cannot be kept (U+{ord(bad[0]):04X})")
    return text


def _read_attrs(given: object, known: Mapping[str, Attribute]) -> Tree:
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise MalformedError("attrs must be an object")
    for name in given:
        if name not in known:
            raise UnknownPartError(f"there is no attribute “{excerpt(name)}” here")
    return {name: _read_attr(name, given, rule) for name, rule in known.items()}


def _read_attr(name: str, given: Mapping[str, object], rule: Attribute) -> object:
    if name not in given:
        if rule.is_required:
            raise BadValueError(f"{name} is missing")
        return rule.default
    value = given[name]
    if name == "href":
        return _read_href(value, rule)
    if name == "address" and type(value) is str:
        value = safe_href(value) or value
    if name in ("previousValue", "newValue") and isinstance(value, dict):
        return _read_plain_mark(value)
    problem = rule.problem(value)
    if problem:
        raise BadValueError(f"{name} {problem}")
    return value


def _read_href(value: object, rule: Attribute) -> str:
    href = safe_href(value) if type(value) is str else None
    problem = rule.problem(href)
    if href is None or problem:
        raise UnsafeLinkError(f"the link “{excerpt(value)}” {problem}")
    return href


def _check_embed(node: Tree) -> None:
    if node["type"] != "embed":
        return
    provider = node["attrs"]["provider"]
    if not fits(provider, node["attrs"]["address"]):
        raise UnsafeLinkError(f"the address is not one of {PROVIDERS[provider].label}")


def _read_marks(given: object, parent: str) -> list[Tree]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise MalformedError("marks must be a list")
    if len(given) > MAX_MARKS:
        raise TooLargeError(f"more than {MAX_MARKS} marks on one text")
    marks: list[Tree] = []
    for value in given:
        mark = _read_mark(value)
        if mark not in marks:
            _check_mark(mark["type"], marks, parent)
            marks.append(mark)
    return sorted(marks, key=lambda mark: RANK[mark["type"]])


def _read_mark(value: object) -> Tree:
    if not isinstance(value, dict):
        raise MalformedError(f"expected a mark, found {excerpt(value)}")
    name = _known(value, MARKS, "mark")
    _refuse_other_keys(value, _MARK_KEYS)
    if not MARKS[name].attrs and not value.get("attrs"):
        return {"type": name}
    return {"type": name, "attrs": _read_attrs(value.get("attrs"), MARKS[name].attrs)}


def _read_plain_mark(value: object) -> Tree:
    """Read a mark inside a suggestion. It may not be a suggestion itself."""
    if isinstance(value, dict) and value.get("type") in ("insertion", "deletion", "modification"):
        raise MisplacedError("a suggestion may not hold another suggestion")
    return _read_mark(value)


def _check_mark(name: str, others: list[Tree], parent: str) -> None:
    if not parent or not allows_mark(parent, name):
        raise MisplacedError(f"the mark “{name}” may not stand here")
    for other in others:
        if other["type"] in EXCLUDED[name] or name in EXCLUDED[other["type"]]:
            raise MisplacedError(f"the marks “{other['type']}” and “{name}” exclude each other")
