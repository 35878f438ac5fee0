"""The content of drafts and revisions is one JSON text. Earlier versions of drafts get their own table.

Revision ID: 0018
Revises: 0017
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

AUTOINCREMENT = {"sqlite_autoincrement": True}
BATCH = 500
# The fields in the JSON with their empty values, and the fields that also keep a column.
FIELDS: dict[str, Any] = {
    **{"headline": "", "short_headline": "", "standfirst": "", "body": None, "category_id": None},
    **{"author_ids": [], "topic_ids": [], "slug": "", "lead_picture_id": None},
    **{"lead_caption": "", "lead_credit": "", "lead_alt": "", "language": "en"},
    "original_id": None,
}
KEPT = {
    "draft": (
        *("headline", "short_headline", "category_id", "slug", "lead_picture_id", "original_id"),
    ),
    "revision": ("original_id",),
}
KEYS = {"draft": "article_id", "revision": "id"}
LISTS = ("author_ids", "topic_ids")
TYPES: dict[str, Any] = {
    **{"headline": sa.String(300), "short_headline": sa.String(300), "slug": sa.String(80)},
    **{"lead_credit": sa.String(300), "language": sa.String(12)},
    **{"category_id": sa.Integer(), "lead_picture_id": sa.Integer(), "original_id": sa.Integer()},
    **{"author_ids": sa.JSON(), "topic_ids": sa.JSON()},
}
REFERRING = {"category_id": "category", "lead_picture_id": "picture"}
# The first revision of each replaced version, and the time of the next version.
VERSIONS = """
    INSERT INTO draft_version (article_id, version, content, replaced_at)
    SELECT kept.article_id, kept.draft_version, kept.content, (
        SELECT min(later.at) FROM revision AS later
        WHERE later.article_id = kept.article_id AND later.draft_version > kept.draft_version
    )
    FROM revision AS kept
    WHERE kept.number = (
        SELECT min(same.number) FROM revision AS same
        WHERE same.article_id = kept.article_id AND same.draft_version = kept.draft_version
    ) AND EXISTS (
        SELECT 1 FROM revision AS later
        WHERE later.article_id = kept.article_id AND later.draft_version > kept.draft_version
    )
"""


def upgrade() -> None:
    for table, kept in KEPT.items():
        op.add_column(table, sa.Column("content", sa.Text(), nullable=True))
        _rewrite(table, tuple(FIELDS), lambda row: {"content": _packed(row)})
        if table == "revision":
            op.drop_index("ix_revision_category_id", "revision")
        options = AUTOINCREMENT if table == "revision" else {}
        with op.batch_alter_table(table, table_kwargs=options) as batch_op:
            batch_op.alter_column("content", existing_type=sa.Text(), nullable=False)
            for name, target in REFERRING.items():
                if name not in kept:
                    key = batch_op.f(f"fk_{table}_{name}_{target}")
                    batch_op.drop_constraint(key, type_="foreignkey")
            for name in FIELDS.keys() - set(kept):
                batch_op.drop_column(name)
    _create_versions()
    op.execute(VERSIONS)


def _create_versions() -> None:
    op.create_table(
        "draft_version",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_draft_version_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_draft_version")),
    )
    op.create_index(op.f("ix_draft_version_replaced_at"), "draft_version", ["replaced_at"])


def downgrade() -> None:
    op.drop_table("draft_version")
    for table, kept in KEPT.items():
        missing = [name for name in FIELDS if name not in kept]
        for name in missing:
            op.add_column(table, sa.Column(name, TYPES.get(name, sa.Text()), nullable=True))
        _rewrite(table, ("content",), lambda row: _unpacked(row["content"]))
        options = AUTOINCREMENT if table == "revision" else {}
        with op.batch_alter_table(table, table_kwargs=options) as batch_op:
            for name in missing:
                if name in REFERRING:
                    target = REFERRING[name]
                    key = batch_op.f(f"fk_{table}_{name}_{target}")
                    batch_op.create_foreign_key(key, target, [name], ["id"])
                else:
                    kind = TYPES.get(name, sa.Text())
                    batch_op.alter_column(name, existing_type=kind, nullable=False)
            batch_op.drop_column("content")
        if table == "revision":
            op.create_index("ix_revision_category_id", "revision", ["category_id"])


def _rewrite(table: str, read: tuple[str, ...], made: Any) -> None:
    """Set in each row the values that `made` makes from the columns `read`."""
    connection, key = op.get_bind(), KEYS[table]
    for rows in _batches(connection, table, read):
        values = [{"row_key": row[key], **made(row)} for row in rows]
        setters = ", ".join(f"{name} = :{name}" for name in values[0] if name != "row_key")
        connection.execute(sa.text(f"UPDATE {table} SET {setters} WHERE {key} = :row_key"), values)


def _batches(
    connection: sa.Connection, table: str, read: tuple[str, ...]
) -> Iterator[list[dict[str, Any]]]:
    key, after = KEYS[table], 0
    names = ", ".join((key, *read))
    query = f"SELECT {names} FROM {table} WHERE {key} > :after ORDER BY {key} LIMIT {BATCH}"
    while True:
        rows = [
            dict(row) for row in connection.execute(sa.text(query), {"after": after}).mappings()
        ]
        if not rows:
            return
        yield rows
        after = rows[-1][key]


def _packed(row: dict[str, Any]) -> str:
    """The fields that are not empty as one JSON text, compact, with sorted keys."""
    values = {name: row[name] for name in FIELDS}
    for name in LISTS:  # SQLite gives JSON as text
        if isinstance(values[name], str):
            values[name] = json.loads(values[name])
    with suppress(ValueError):  # otherwise it stays as it is: `stet check` reports it as unreadable
        values["body"] = json.loads(values["body"])
    return _compact({name: each for name, each in values.items() if each not in (None, "", [])})


def _unpacked(content: str) -> dict[str, Any]:
    values = FIELDS | json.loads(content)
    if not isinstance(values["body"], str):
        values["body"] = _compact(values["body"])
    for name in LISTS:
        values[name] = json.dumps(values[name])
    return {name: values[name] for name in FIELDS}


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
