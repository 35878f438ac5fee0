"""The pictures that live stories show are looked up by the names of their files: readers get no others.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen.pictures_0023 import fill

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_picture",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("stem", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["publication.article_id"],
            name=op.f("fk_shown_picture_article_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "stem", name=op.f("pk_shown_picture")),
    )
    op.create_index(op.f("ix_shown_picture_stem"), "shown_picture", ["stem"])
    fill(op.get_bind())


def downgrade() -> None:
    """The index goes with its table."""
    op.drop_table("shown_picture")
