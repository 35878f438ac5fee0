"""Sitemaps tell the newest change of each part and each list without reading all its stories.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Every row gets its own value below. SQLite adds no column without one.
NO_TIME = "1970-01-01 00:00:00.000000"
PUBLICATIONS = """
    UPDATE publication SET
        modified_at = coalesce(changed_at, published_at), sitemap_part = (article_id - 1) / 10000 + 1
"""
FOLLOWING = """
    UPDATE {0} SET modified_at = (
        SELECT modified_at FROM publication WHERE publication.article_id = {0}.article_id
    )
"""
LISTED = "category_id IS NOT NULL AND original_id IS NULL"
BEFORE = ["article_id", "published_at", "changed_at", "path"]
NOW = ["article_id", "modified_at", "path"]


def upgrade() -> None:
    _add("publication", sa.Column("modified_at", UtcDateTime(), nullable=False), NO_TIME)
    _add("publication", sa.Column("sitemap_part", sa.Integer(), nullable=False), "1")
    op.execute(PUBLICATIONS)
    for table in ("byline", "tagging"):
        _add(table, sa.Column("modified_at", UtcDateTime(), nullable=False), NO_TIME)
        op.execute(FOLLOWING.format(table))
    op.drop_index("ix_publication_sitemap", "publication")
    op.create_index("ix_publication_sitemap", "publication", NOW)
    op.create_index("ix_publication_sitemap_part", "publication", ["sitemap_part", "modified_at"])
    listed = sa.text(LISTED)
    op.create_index(
        "ix_publication_section_modified",
        "publication",
        ["category_id", "modified_at"],
        sqlite_where=listed,
        postgresql_where=listed,
    )
    op.create_index("ix_byline_modified", "byline", ["author_id", "modified_at"])
    op.create_index("ix_tagging_modified", "tagging", ["topic_id", "modified_at"])


def _add(table: str, column: sa.Column[object], value: str) -> None:
    """Add a column. On PostgreSQL, `value` is only for the rows that are there."""
    column.server_default = sa.DefaultClause(value)
    op.add_column(table, column)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    op.drop_index("ix_tagging_modified", "tagging")
    op.drop_index("ix_byline_modified", "byline")
    op.drop_index("ix_publication_section_modified", "publication")
    op.drop_index("ix_publication_sitemap_part", "publication")
    op.drop_index("ix_publication_sitemap", "publication")
    op.create_index("ix_publication_sitemap", "publication", BEFORE)
    for table in ("tagging", "byline"):
        op.drop_column(table, "modified_at")
    op.drop_column("publication", "sitemap_part")
    op.drop_column("publication", "modified_at")
