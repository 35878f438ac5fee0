"""Live revisions and open submissions stay unique, with indexes that cannot mislead SQLite's planner.

SQLite used the old indexes to find all stories that are *not* live or waiting, and read them all to count a
hundred drafts.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = ("live_revision_id", "submission_id")


def upgrade() -> None:
    with op.batch_alter_table("article", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        for column in COLUMNS:
            batch_op.drop_constraint(batch_op.f(f"uq_article_{column}"), type_="unique")
    for column in COLUMNS:
        held = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"uq_article_{column}"),
            "article",
            [column],
            unique=True,
            sqlite_where=held,
            postgresql_where=held,
        )


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(op.f(f"uq_article_{column}"), "article")
    with op.batch_alter_table("article", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        for column in COLUMNS:
            batch_op.create_unique_constraint(batch_op.f(f"uq_article_{column}"), [column])
