"""Readers are told what kind of change a story went through, and why; pages without a section; translations.

Changes that were published before this become updates without a reason, because nothing else is known about
them.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IS_NOTICE = sa.text("kind IN ('correction', 'clarification')")
LIVE = sa.text("live_revision_id IS NOT NULL")
LISTED = sa.text("live_category_id IS NOT NULL AND live_original_id IS NULL")
TRANSLATION = sa.text("live_original_id IS NOT NULL")
PARTIAL = {
    "ix_article_translation": (["live_original_id"], TRANSLATION),
    "ix_article_translated": (["published_at", "id"], TRANSLATION),
    "ix_article_page": (
        ["published_at"],
        sa.text("live_revision_id IS NOT NULL AND kind = 'page'"),
    ),
}
LISTS = {
    "ix_article_live": ["published_at", "id"],
    "ix_article_category": ["live_category_id", "published_at", "id"],
}
AUTOINCREMENT = {"sqlite_autoincrement": True}
NAMING_ORIGINALS: dict[str, dict[str, bool]] = {"draft": {}, "revision": AUTOINCREMENT}
KEPT_PUBLISHED = """
    INSERT INTO change (revision_id, article_id, kind, reason, at, by_id)
    SELECT later.id, later.article_id, 'update', '', later.at, later.by_id
    FROM revision AS later
    WHERE later.reason = 'published' AND EXISTS (
        SELECT 1 FROM revision AS earlier
        WHERE earlier.article_id = later.article_id
        AND earlier.reason = 'published' AND earlier.number < later.number
    )
"""


def upgrade() -> None:
    _add_changes()
    with op.batch_alter_table("article", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=8), nullable=False, server_default="story")
        )
        batch_op.add_column(sa.Column("live_original_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("changed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("noticed_at", UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_article_live_original_id_article"),
            "article",
            ["live_original_id"],
            ["id"],
        )
    with op.batch_alter_table("article", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.alter_column("kind", server_default=None)
    op.execute("UPDATE article SET changed_at = updated_at")
    # Needed only when this is run again after a downgrade: otherwise nothing without a section is live.
    op.execute(
        "UPDATE article SET kind = 'page'"
        " WHERE live_revision_id IS NOT NULL AND live_category_id IS NULL"
    )
    for table, kept in NAMING_ORIGINALS.items():
        with op.batch_alter_table(table, table_kwargs=kept) as batch_op:
            batch_op.add_column(sa.Column("original_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_original_id_article"), "article", ["original_id"], ["id"]
            )
    _list_by(LISTED)
    for name, (columns, held) in PARTIAL.items():
        op.create_index(name, "article", columns, sqlite_where=held, postgresql_where=held)


def _add_changes() -> None:
    op.create_table(
        "change",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_change_revision_id_revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_change_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_change_by_id_person")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_article_id_at"), "change", ["article_id", "at"])
    op.create_index(
        "ix_change_notice",
        "change",
        ["at", "revision_id"],
        sqlite_where=IS_NOTICE,
        postgresql_where=IS_NOTICE,
    )
    op.execute(KEPT_PUBLISHED)


def _list_by(held: sa.TextClause) -> None:
    for name, columns in LISTS.items():
        op.drop_index(name, "article")
        op.create_index(name, "article", columns, sqlite_where=held, postgresql_where=held)


def downgrade() -> None:
    for name in PARTIAL:
        op.drop_index(name, "article")
    _list_by(LIVE)
    for table, kept in NAMING_ORIGINALS.items():
        with op.batch_alter_table(table, table_kwargs=kept) as batch_op:
            batch_op.drop_constraint(
                batch_op.f(f"fk_{table}_original_id_article"), type_="foreignkey"
            )
            batch_op.drop_column("original_id")
    with op.batch_alter_table("article", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_article_live_original_id_article"), type_="foreignkey"
        )
        for column in ("noticed_at", "changed_at", "live_original_id", "kind"):
            batch_op.drop_column(column)
    op.drop_table("change")
