"""Translations can be looked up by their original, and lists show one live story of each translation group.

Before this, no list showed a translation whose original was withdrawn or never live.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen.translations_0011 import settle

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TRANSLATES = sa.text("original_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_revision_original",
        "revision",
        ["original_id"],
        sqlite_where=TRANSLATES,
        postgresql_where=TRANSLATES,
    )
    settle(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_revision_original", "revision")
