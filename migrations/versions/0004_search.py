"""Full-text search of live stories for readers. 0010 indexes the stories that are live already.

The index can be made again at any time (`stet search rebuild`).

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import search_0004

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_search_entry_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry") as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entry_article_id"), ["article_id"], unique=True)
    op.create_table(
        "search_word",
        sa.Column("word", search_0004.WORD, nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
        sqlite_with_rowid=False,
    )
    search_0004.create(op.get_bind())


def downgrade() -> None:
    search_0004.drop(op.get_bind())
    op.drop_table("search_word")
    op.drop_table("search_entry")
