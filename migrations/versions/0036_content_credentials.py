"""Pictures keep who signed their files (C2PA).

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("picture", sa.Column("credentials", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("picture", "credentials")
