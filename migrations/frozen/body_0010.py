"""Reads the text of a stored story for 0010 and 0012.

It knows only the texts that editors could store at that time. Suggested words that nobody has accepted are
left out, because readers do not see them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

# The attribute that readers see as a separate line.
_TITLES = {"pullquote": "attribution", "factbox": "title", "figure": "credit", "embed": "title"}
_TEXT = ("paragraph", "heading", "pullquote", "figure")


class UnreadableError(Exception):
    """The stored value is not the text of a story."""


def plain(body: str) -> str:
    """The text that readers see, one line for each paragraph. Raises `UnreadableError`."""
    return "\n\n".join(line for block in _blocks(body) for line in _lines(block) if line)


def related(body: str) -> list[str]:
    """The addresses of the related stories in the text, as written. Raises `UnreadableError`."""
    return [block["attrs"]["href"] for block in _blocks(body) if block["type"] == "related"]


def _blocks(body: str) -> list[dict[str, Any]]:
    try:
        found = _readable(json.loads(body))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError from error
    return found


def _readable(document: Any) -> list[dict[str, Any]]:
    """The blocks of a document, after checking that all of them can be read."""
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
