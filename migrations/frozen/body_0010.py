"""A stored story's text, as far as 0010 and 0012 look into it.

Only what editors can have stored by then is known here. Of suggested words that nobody has accepted,
readers see nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

# The attribute that readers see as a line of its own.
_TITLES = {"pullquote": "attribution", "factbox": "title", "figure": "credit", "embed": "title"}
_TEXT = ("paragraph", "heading", "pullquote", "figure")


class UnreadableError(Exception):
    """What is stored is not a story's text."""


def plain(body: str) -> str:
    """What readers read, one line for each paragraph; raises `UnreadableError`."""
    return "\n\n".join(line for block in _blocks(body) for line in _lines(block) if line)


def related(body: str) -> list[str]:
    """Where the text's links to related stories lead, as written; raises `UnreadableError`."""
    return [block["attrs"]["href"] for block in _blocks(body) if block["type"] == "related"]


def _blocks(body: str) -> list[dict[str, Any]]:
    try:
        found = _readable(json.loads(body))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError from error
    return found


def _readable(document: Any) -> list[dict[str, Any]]:
    """The blocks of a document, each of which can be read to its end."""
    if document["type"] != "doc":
        raise ValueError("not a document")
    blocks = [block for block in document["content"] if not _is_suggested(block)]
    for block in blocks:
        "".join(_lines(block))
        if block["type"] == "related":
            block["attrs"]["href"].strip()
    return blocks


def _is_suggested(node: dict[str, Any]) -> bool:
    return any(mark["type"] == "insertion" for mark in node.get("marks", ()))


def _lines(block: dict[str, Any]) -> Iterator[str]:
    title = _TITLES.get(block["type"])
    own = block["attrs"][title] if title else ""
    if block["type"] in _TEXT:
        yield "".join(_texts(block))
        yield own
        return
    yield own
    for child in block.get("content", ()):
        if not _is_suggested(child):
            yield from _lines(child)


def _texts(node: dict[str, Any]) -> Iterator[str]:
    if node["type"] == "text":
        yield node["text"]
    elif node["type"] == "hard_break":
        yield "\n"
    for child in node.get("content", ()):
        if not _is_suggested(child):
            yield from _texts(child)
