"""Search finds the numbers of numbered lists in live stories.

Revision ID: 0024
Revises: 0023
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BATCH = 500
ENTRIES = """
    SELECT search_entry.id, search_entry.terms, revision.content
    FROM search_entry
    JOIN publication ON publication.article_id = search_entry.article_id
    JOIN revision ON revision.id = publication.revision_id
    WHERE search_entry.terms <> '' AND search_entry.id > :after
        AND revision.content LIKE '%"ordered_list"%'
    ORDER BY search_entry.id LIMIT :most"""
UPDATE = "UPDATE search_entry SET terms = :terms WHERE id = :id"
# SQLite's full-text table; PostgreSQL has a generated column.
FORGET = "INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', :id, :old)"
NOTE = "INSERT INTO search_index (rowid, terms) VALUES (:id, :terms)"
COUNT = """
    INSERT INTO search_word (word, stories) VALUES (:word, 1)
    ON CONFLICT (word) DO UPDATE SET stories = search_word.stories + 1"""


def upgrade() -> None:
    bind = op.get_bind()
    after = 0
    given = {"most": BATCH}
    while rows := bind.execute(sa.text(ENTRIES), given | {"after": after}).all():
        for row in rows:
            held = row.terms.split(" ")
            new = sorted(set(numbers_in(row.content)) - set(held))
            if new:
                enter(
                    bind, {"id": row.id, "old": row.terms, "terms": " ".join(sorted([*held, *new]))}
                )
                bind.execute(sa.text(COUNT), [{"word": word} for word in new])
        after = rows[-1].id


def enter(bind: sa.Connection, entry: dict[str, Any]) -> None:
    """Replace the terms of a story."""
    if bind.dialect.name == "sqlite":
        bind.execute(sa.text(FORGET), entry)
    bind.execute(sa.text(UPDATE), entry)
    if bind.dialect.name == "sqlite":
        bind.execute(sa.text(NOTE), entry)


def numbers_in(content: str) -> Iterator[str]:
    """The numbers of all numbered lists in a stored content. None if it cannot be read."""
    with suppress(ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield from numbers_of(json.loads(content)["body"])


def numbers_of(block: dict[str, Any]) -> Iterator[str]:
    """The numbers of the lists in a block. Suggested items, which readers do not see, have none."""
    kept = [child for child in block.get("content", ()) if not is_suggested(child)]
    if block["type"] == "ordered_list":
        first = block["attrs"]["start"]
        yield from map(str, range(first, first + len(kept)))
    for child in kept:
        yield from numbers_of(child)


def is_suggested(node: dict[str, Any]) -> bool:
    return any(mark["type"] == "insertion" for mark in node.get("marks", ()))


def downgrade() -> None:
    """The numbers stay: an older version finds stories by them too."""
