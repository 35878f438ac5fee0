"""Links from live texts to related stories are stored by path, to warn before such a story is withdrawn.

Revision ID: 0012
Revises: 0011
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

from migrations.frozen.body_0010 import UnreadableError, related

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LONGEST = 170
TEXTS = sa.text(
    """SELECT article.id, revision.body
    FROM article JOIN revision ON revision.id = article.live_revision_id
    WHERE revision.body LIKE '%"type":"related"%'"""
)


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
    texts = op.get_bind().execute(TEXTS, execution_options={"yield_per": 500})
    rows = [
        {"article_id": article_id, "path": path}
        for article_id, body in texts
        for path in sorted(set(_paths(body)))
    ]
    if rows:
        op.bulk_insert(mention, rows)


def _paths(body: str) -> Iterator[str]:
    """The site paths of the related stories in a stored text. Empty for an unreadable text."""
    try:
        addresses = related(body)
    except UnreadableError:
        return
    for address in addresses:
        try:
            path = urlsplit(address).path.rstrip("/")
        except ValueError:  # `http://[`
            continue
        if 0 < len(path) <= LONGEST:
            yield path


def downgrade() -> None:
    op.drop_table("mention")
