"""Stories name related ones, and it is counted how often each is read.

Those that are live already get their neighbours in each topic.

`stet related rebuild` looks at what stories say as well, as publishing does from now on.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime
from app.related.actions import introduce

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_related()
    _add_readings()
    introduce(op.get_bind())


def _add_related() -> None:
    op.create_table(
        "related",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("article_id <> other_id", name=op.f("ck_related_another_story")),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_related_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["article.id"],
            name=op.f("fk_related_other_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_related")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_related_other_id"), "related", ["other_id"])


def _add_readings() -> None:
    op.create_table(
        "reading",
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_reading_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hour", "article_id", name=op.f("pk_reading")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reading_article_id"), "reading", ["article_id"])
    op.create_table(
        "most_read",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_most_read_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_most_read")),
        sa.UniqueConstraint("article_id", name=op.f("uq_most_read_article_id")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("most_read")
    op.drop_table("reading")
    op.drop_table("related")
