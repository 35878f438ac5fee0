"""Stories have related stories, and page views are counted.

Stories that are live already get their neighbours in each topic. `stet related rebuild` also compares their
words, as publishing does from now on.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# For each live story, the stories in its language that are at most three places from it in a topic, by age.
# The eight that are near it in most topics are related to it.
STEPS = [(f"{step}_{away}", step, away) for step in ("lag", "lead") for away in (1, 2, 3)]
BESIDE = ", ".join(
    f"{step}(article_id, {away}) OVER by_age AS {name}_id,"
    f" {step}(language, {away}) OVER by_age AS {name}_language"
    for name, step, away in STEPS
)
PAIRS = " UNION ALL ".join(
    f"SELECT article_id, {name}_id AS other_id FROM beside WHERE {name}_language = language"
    for name, _, _ in STEPS
)
INTRODUCE = f"""
    INSERT INTO related (article_id, other_id, score)
    WITH about AS (
        SELECT tagging.topic_id, tagging.article_id, tagging.published_at, revision.language
        FROM tagging
        JOIN article ON article.id = tagging.article_id
        JOIN revision ON revision.id = article.live_revision_id
        WHERE article.live_category_id IS NOT NULL
    ), beside AS (
        SELECT article_id, language, {BESIDE} FROM about
        WINDOW by_age AS (PARTITION BY topic_id ORDER BY published_at, article_id)
    ), near AS (
        SELECT article_id, other_id, count(*) * 1000 AS score, row_number() OVER (
            PARTITION BY article_id ORDER BY count(*) DESC, other_id DESC
        ) AS place
        FROM ({PAIRS}) AS pairs GROUP BY article_id, other_id
    )
    SELECT article_id, other_id, score FROM near WHERE place <= 8
"""


def upgrade() -> None:
    _add_related()
    _add_readings()
    op.execute(INTRODUCE)


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
