"""Sections, topics and authors get the key of their name, which is unique: spellings of one name are one.

The keys are those of `app/taxonomy/name_key.py` at this time. Of names that were taken for different ones
until now, the oldest gets the key. The others keep row, name and address, with the key and their number.
They are printed here, and `stet check` names those that live stories have.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen.name_key_0021 import name_key

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("category", "topic", "author")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table, sa.Column("name_key", sa.String(length=240), server_default="", nullable=False)
        )
        _fill(table)
        op.create_index(op.f(f"ix_{table}_name_key"), table, ["name_key"], unique=True)


def _fill(table: str) -> None:
    connection = op.get_bind()
    first: dict[str, str] = {}
    keys = []
    for number, name in connection.execute(sa.text(f"SELECT id, name FROM {table} ORDER BY id")):
        key = name_key(name)
        if key in first or not key:
            what = (
                f"the same name as {first[key]!r}" if key in first else "a name that cannot be seen"
            )
            print(f"The {table} {name!r} (number {number}) has {what}.")
            key = f"{key[:220]} #{number}"
        first.setdefault(key, name)
        keys.append({"id": number, "key": key})
    if keys:
        connection.execute(sa.text(f"UPDATE {table} SET name_key = :key WHERE id = :id"), keys)


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_name_key"), table_name=table)
        op.drop_column(table, "name_key")
