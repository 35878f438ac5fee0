"""One table holds everything that is sent later. The rows for the WebSub hub move there.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SHARED = "due_at, tries, failing_since"


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_kind_due_at"), "outbox", ["kind", "due_at"])
    op.execute(
        f"INSERT INTO outbox (kind, key, payload, {SHARED})"
        f" SELECT 'websub', feed, '{{}}', {SHARED} FROM ping ORDER BY id"
    )
    op.drop_table("ping")


def downgrade() -> None:
    op.create_table(
        "ping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ping")),
        sqlite_autoincrement=True,
    )
    op.execute(
        f"INSERT INTO ping (feed, {SHARED})"
        f" SELECT key, {SHARED} FROM outbox WHERE kind = 'websub' ORDER BY id"
    )
    op.drop_table("outbox")
