"""Pictures keep who signed their files (C2PA).

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("picture", sa.Column("credentials", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("picture", "credentials")
