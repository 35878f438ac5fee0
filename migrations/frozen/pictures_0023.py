"""Finds the pictures of live stories, as the release of migration 0023 did. Used by that migration only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, text

_LIVE = text(
    "SELECT publication.article_id, publication.lead_picture_id, CAST(revision.content AS TEXT)"
    " FROM publication JOIN revision ON revision.id = publication.revision_id"
)
_INSERT = text("INSERT INTO shown_picture (article_id, stem) VALUES (:article_id, :stem)")
_FIGURE = '"picture"'


def fill(connection: Connection) -> None:
    """Insert the beginnings of the names of all files that each live story shows."""
    found = connection.execute(text("SELECT id, key, recipe FROM picture"))
    stems = {row.id: _stems(row.key, row.recipe) for row in found}
    if not stems:
        return
    rows = list(_rows(connection, stems))
    for start in range(0, len(rows), 1000):
        connection.execute(_INSERT, rows[start : start + 1000])


def _rows(connection: Connection, stems: dict[int, set[str]]) -> Iterator[dict[str, Any]]:
    for article_id, lead, content in connection.execute(_LIVE):
        shown = {lead, *(_figures(json.loads(content)) if _FIGURE in content else ())}
        wanted = {stem for picture in shown if picture in stems for stem in stems[picture]}
        for stem in sorted(wanted):
            yield {"article_id": article_id, "stem": stem}


def _figures(node: Any) -> Iterator[int]:
    """The ids of the pictures of all figures inside a document."""
    if isinstance(node, dict):
        if node.get("type") == "figure":
            yield node["attrs"]["picture"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _figures(each)


def _stems(key: str, recipe: int) -> set[str]:
    names = (f"{number} {key}" for number in range(1, recipe + 1))
    return {key[:32], *(sha256(name.encode()).hexdigest()[:32] for name in names)}
