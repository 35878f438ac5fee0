"""The pictures that stories and their versions use are looked up, so that one in use is not deleted.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen.pictures_0032 import fill

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "used_picture",
        sa.Column("picture_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_used_picture_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", "article_id", name=op.f("pk_used_picture")),
    )
    fill(op.get_bind())


def downgrade() -> None:
    op.drop_table("used_picture")
