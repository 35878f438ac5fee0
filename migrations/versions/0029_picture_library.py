"""Pictures say who made and added them, and whether their renditions could be made.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import context, op

from app.core.db import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

AUTOINCREMENT = {"sqlite_autoincrement": True}
TEXTS = ("byline", "place", "rights", "file_name", "problem")
# Only these were written by somebody.
WRITTEN = "SELECT count(*) FROM picture WHERE byline <> '' OR place <> '' OR rights <> ''"


def upgrade() -> None:
    with op.batch_alter_table("picture", table_kwargs=AUTOINCREMENT) as table:
        for name in ("byline", "place"):
            table.add_column(sa.Column(name, sa.String(300), server_default="", nullable=False))
        table.add_column(sa.Column("file_name", sa.String(200), server_default="", nullable=False))
        for name in ("rights", "problem"):
            table.add_column(sa.Column(name, sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("wanted_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("added_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f("fk_picture_added_by_id_person"),
            "person",
            ["added_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    for name, condition in (("credit", "credit = ''"), ("alt", "alt = ''")):
        where = sa.text(condition)
        op.create_index(
            f"ix_picture_without_{name}",
            "picture",
            ["id"],
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_index("ix_picture_added_by_id", "picture", ["added_by_id", "id"])


def downgrade() -> None:
    """Raises `RuntimeError` when texts would be lost, unless `-x lossy=yes` allows it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    if not lossy and op.get_bind().execute(sa.text(WRITTEN)).scalar_one():
        raise RuntimeError(
            "This migration would lose what the picture library knows of pictures. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )
    op.drop_index("ix_picture_added_by_id", "picture")
    for name in ("credit", "alt"):
        op.drop_index(f"ix_picture_without_{name}", "picture")
    with op.batch_alter_table("picture", table_kwargs=AUTOINCREMENT) as table:
        table.drop_constraint(table.f("fk_picture_added_by_id_person"), type_="foreignkey")
        for name in ("added_by_id", "wanted_at", *TEXTS):
            table.drop_column(name)
