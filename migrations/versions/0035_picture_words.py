"""The library finds pictures by all their words through an index.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import picture_terms

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_entry",
        sa.Column("picture_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["picture.id"],
            name=op.f("fk_picture_entry_picture_id_picture"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_picture_entry")),
    )
    picture_terms.create(op.get_bind())
    picture_terms.fill(op.get_bind())


def downgrade() -> None:
    picture_terms.drop(op.get_bind())
    op.drop_table("picture_entry")
