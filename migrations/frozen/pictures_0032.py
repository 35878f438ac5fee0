"""Finds the pictures of all versions, as the release of migration 0032 did. Used by that migration only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

BATCH = 2000
_LAST = text("SELECT max(id) FROM revision")
_VERSIONS = text(
    "SELECT article_id, CAST(content AS TEXT) FROM revision WHERE id > :after AND id <= :until"
    " AND (content LIKE '%\"picture\"%' OR content LIKE '%\"lead_picture_id\"%')"
)
_INSERT = text(
    "INSERT INTO used_picture (picture_id, article_id) VALUES (:picture_id, :article_id)"
)


def fill(connection: Connection) -> None:
    """Insert a row for each picture that a story uses in any of its versions."""
    last = connection.execute(_LAST).scalar() or 0
    held: set[tuple[int, int]] = set()
    for after in range(0, last, BATCH):
        part = {"after": after, "until": after + BATCH}
        found = {
            (picture, article_id)
            for article_id, content in connection.execute(_VERSIONS, part)
            for picture in pictures_in(json.loads(content))
        }
        coming = sorted(found - held)
        held |= found
        if coming:
            rows = [{"picture_id": each, "article_id": story} for each, story in coming]
            connection.execute(_INSERT, rows)


def pictures_in(content: dict[str, Any]) -> set[int]:
    """The ids of the pictures of a content: its lead, and those of its figures."""
    return {content.get("lead_picture_id") or 0, *_figures(content.get("body"))} - {0}


def _figures(node: Any) -> Iterator[int]:
    if isinstance(node, dict):
        if node.get("type") == "figure":
            yield node["attrs"]["picture"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _figures(each)
