"""Tries to sign in are counted for accounts, senders and known browsers, before the password is looked at.

What was counted before is dropped: it counted for a quarter of an hour only.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("sign_in_failure")
    op.create_table(
        "sign_in_budget",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_budget")),
    )
    op.create_index(op.f("ix_sign_in_budget_since"), "sign_in_budget", ["since"])


def downgrade() -> None:
    """The index goes with its table."""
    op.drop_table("sign_in_budget")
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sign_in_failure") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_failure_email_hash_at"), ["email_hash", "at"], unique=False
        )
