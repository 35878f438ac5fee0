"""Pictures say where they come from, until when and where they may be used, and how many stories use them.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TEXTS = ("source", "territories")
# Only these were written by somebody.
WRITTEN = (
    "SELECT count(*) FROM picture WHERE source <> '' OR territories <> '' OR expires_on IS NOT NULL"
)
USED = """
    UPDATE picture SET uses = (
        SELECT count(*) FROM used_picture WHERE used_picture.picture_id = picture.id
    )
"""
INDEXES = {
    "ix_picture_expires_on": ("expires_on", "expires_on IS NOT NULL"),
    "ix_picture_unused": ("id", "uses = 0"),
}


def upgrade() -> None:
    for name in TEXTS:
        column = sa.Column(name, sa.String(300), server_default="", nullable=False)
        op.add_column("picture", column)
    op.add_column("picture", sa.Column("expires_on", sa.Date(), nullable=True))
    uses = sa.Column("uses", sa.Integer(), server_default="0", nullable=False)
    op.add_column("picture", uses)
    op.execute(USED)
    for name, (column_name, condition) in INDEXES.items():
        where = sa.text(condition)
        op.create_index(name, "picture", [column_name], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Raises `RuntimeError` when texts would be lost, unless `-x lossy=yes` allows it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    if not lossy and op.get_bind().execute(sa.text(WRITTEN)).scalar_one():
        raise RuntimeError(
            "This migration would lose what is known of the rights to pictures. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )
    for name in INDEXES:
        op.drop_index(name, "picture")
    for name in ("uses", "expires_on", *TEXTS):
        op.drop_column("picture", name)
