"""What live texts lead to as related stories is kept by path, to tell before one of those is withdrawn.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from app.live.story_links import all_mentions

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mention = op.create_table(
        "mention",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(length=170), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_mention_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "path", name=op.f("pk_mention")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mention_path"), "mention", ["path"])
    connection = op.get_bind()
    rows = [
        {"article_id": article_id, "path": path}
        for article_id, paths in all_mentions(connection)
        for path in paths
    ]
    if rows:
        op.bulk_insert(mention, rows)


def downgrade() -> None:
    op.drop_table("mention")
