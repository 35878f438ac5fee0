"""The content of a database at schema 0012, read with the names of its tables and columns.

`facts` reads the same from a database of today. This file stays as it is when a table is renamed.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, Select, Table, event, select

from app.core.db import UtcDateTime

Fact = dict[str, Any]
Facts = dict[str, dict[Any, Fact]]
"""By subject and key, what is known: `facts["draft"][12]["headline"]`."""

# All that these say is to be the same afterwards, column by column.
WHOLE = (
    *("person", "category", "topic", "author", "picture", "seeded", "audit_entry"),
    *("draft", "revision", "change", "submission", "redirect", "mention", "reading", "most_read"),
    "ping",
)
# HTML is printed once for each revision; what counts is what readers get (`live`). The second name that
# people's sessions repeated was random, and went with those sessions.
WITHOUT = {"revision": ("html",), "person": ("fs_uniquifier",)}


def facts_at_0012(connection: Connection) -> Facts:
    """Everything that must not be lost."""
    tables = _reflected(connection)
    found = {name: _whole(connection, tables[name]) for name in WHOLE}
    for name, columns in WITHOUT.items():
        for row in found[name].values():
            for column in columns:
                del row[column]
    found["story"] = _stories(connection, tables)
    found["live"] = _live(connection, tables)
    found["edition"] = {1: {"number": connection.scalar(select(tables["edition"].c.number))}}
    return found


def _reflected(connection: Connection) -> dict[str, Table]:
    """The tables as the database describes them, with moments that know their zone."""
    metadata = MetaData()

    @event.listens_for(metadata, "column_reflect")
    def with_zone(_inspector: Any, _table: Table, column: Any) -> None:
        if isinstance(column["type"], DateTime):
            column["type"] = UtcDateTime()

    metadata.reflect(connection, only=[*WHOLE, "article", "byline", "tagging", "edition"])
    return dict(metadata.tables)


def _whole(connection: Connection, table: Table) -> dict[Any, Fact]:
    names = [column.name for column in table.primary_key]
    rows = connection.execute(select(table)).mappings()
    return {_key([row[name] for name in names]): dict(row) for row in rows}


def _key(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else tuple(values)


def _stories(connection: Connection, tables: dict[str, Table]) -> dict[Any, Fact]:
    article = tables["article"].c
    rows = connection.execute(
        select(
            article.id,
            article.kind,
            article.started_by_id,
            article.started_at,
            article.form_key,
            article.touched_at,
            article.submission_id,
            article.live_revision_id,
            article.published_at,
            article.updated_at,
            article.changed_at,
            article.noticed_at,
        )
    )
    found = {row.id: dict(row._mapping) | {"state": _state(row)} for row in rows}
    for story in found.values():
        del story["live_revision_id"]  # `live` has it
    return found


def _state(row: Any) -> str:
    if row.submission_id is not None:
        return "in review"
    if row.live_revision_id is not None:
        return "live"
    return "draft" if row.published_at is None else "withdrawn"


def _live(connection: Connection, tables: dict[str, Table]) -> dict[Any, Fact]:
    article, revision = tables["article"], tables["revision"]
    rows = connection.execute(
        select(
            article.c.id,
            article.c.live_path.label("path"),
            article.c.live_category_id.label("category_id"),
            article.c.live_original_id.label("listed_as"),
            revision.c.id.label("revision_id"),
            revision.c.headline,
            revision.c.html,
        ).join(revision, revision.c.id == article.c.live_revision_id)
    )
    signed, about = tables["byline"].c, tables["tagging"].c
    byline = select(signed.article_id, signed.author_id).order_by(signed.position)
    tagging = select(about.article_id, about.topic_id).order_by(about.position)
    authors, topics = _lists(connection, byline), _lists(connection, tagging)
    return {
        row.id: dict(row._mapping)
        | {"authors": authors.get(row.id, []), "topics": topics.get(row.id, [])}
        for row in rows
    }


def _lists(connection: Connection, pairs: Select[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for article_id, other_id in connection.execute(pairs):
        found.setdefault(article_id, []).append(other_id)
    return found
