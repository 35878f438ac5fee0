"""A picture remembers by which recipe its renditions were made; 0 for none yet.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("picture", sa.Column("recipe", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("picture", "recipe")
