"""Pictures say on which day they were taken.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("picture", sa.Column("taken_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("picture", "taken_on")
