"""An author has a portrait, whose files readers get while a live story is signed by the author.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

AUTOINCREMENT = {"sqlite_autoincrement": True}
CHOSEN = "SELECT count(*) FROM author WHERE portrait_id IS NOT NULL"


def upgrade() -> None:
    with op.batch_alter_table("author", table_kwargs=AUTOINCREMENT) as table:
        table.add_column(sa.Column("portrait_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f("fk_author_portrait_id_picture"), "picture", ["portrait_id"], ["id"]
        )
    op.create_index(op.f("ix_author_portrait_id"), "author", ["portrait_id"])
    op.create_table(
        "shown_portrait",
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("stem", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["author.id"],
            name=op.f("fk_shown_portrait_author_id_author"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("author_id", "stem", name=op.f("pk_shown_portrait")),
    )
    op.create_index(op.f("ix_shown_portrait_stem"), "shown_portrait", ["stem"])


def downgrade() -> None:
    """Raises `RuntimeError` when portraits would be lost, unless `-x lossy=yes` allows it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    if not lossy and op.get_bind().execute(sa.text(CHOSEN)).scalar_one():
        raise RuntimeError(
            "This migration would lose which pictures are portraits of authors. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )
    op.drop_table("shown_portrait")
    op.drop_index(op.f("ix_author_portrait_id"), "author")
    with op.batch_alter_table("author", table_kwargs=AUTOINCREMENT) as table:
        table.drop_constraint(table.f("fk_author_portrait_id_picture"), type_="foreignkey")
        table.drop_column("portrait_id")
