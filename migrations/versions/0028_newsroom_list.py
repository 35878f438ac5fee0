"""The newsroom's list is narrowed to a section, and searched by headline, through indexes.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import headline_terms

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SECTION = """
    UPDATE article SET category_id = (
        SELECT category_id FROM draft WHERE draft.article_id = article.id
    )
"""
IN_SECTION = ["category_id", "touched_at", "id"]
# The states as partial indexes of 0017 and later have them.
STATES = {
    "ix_article_section_live": "published_at IS NOT NULL AND withdrawn_at IS NULL",
    "ix_article_section_waiting": "submission_id IS NOT NULL",
    "ix_article_section_draft": "published_at IS NULL AND submission_id IS NULL",
    "ix_article_section_withdrawn": "withdrawn_at IS NOT NULL AND submission_id IS NULL",
}


def upgrade() -> None:
    op.add_column("article", sa.Column("category_id", sa.Integer(), nullable=True))
    op.execute(SECTION)
    op.create_index("ix_article_section", "article", IN_SECTION)
    op.create_index("ix_article_started_section", "article", ["started_by_id", *IN_SECTION])
    for name, state in STATES.items():
        where = sa.text(state)
        op.create_index(name, "article", IN_SECTION, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "headline_entry",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_headline_entry_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_headline_entry")),
    )
    headline_terms.create(op.get_bind())
    headline_terms.fill(op.get_bind())


def downgrade() -> None:
    headline_terms.drop(op.get_bind())
    op.drop_table("headline_entry")
    for name in (*STATES, "ix_article_started_section", "ix_article_section"):
        op.drop_index(name, "article")
    op.drop_column("article", "category_id")
