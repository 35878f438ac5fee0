"""The table `edition` is called `site_edition`, so that "edition" is free for a past front page.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    move("edition", "site_edition")


def downgrade() -> None:
    move("site_edition", "edition")


def move(old: str, new: str) -> None:
    """Creates the table again instead of renaming it, because its constraints are named after the table."""
    op.create_table(
        new,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f(f"ck_{new}_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{new}")),
    )
    op.execute(
        f"INSERT INTO {new} (id, number, cause, raised_at) SELECT id, number, cause, raised_at FROM {old}"
    )
    op.drop_table(old)
