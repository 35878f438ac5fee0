"""The front has a picture of its own, which other sites show beside links.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

CHOSEN = "SELECT count(*) FROM site_pictures WHERE front_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "site_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("front_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_pictures_single_row")),
        sa.ForeignKeyConstraint(
            ["front_id"], ["picture.id"], name=op.f("fk_site_pictures_front_id_picture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_pictures")),
    )
    op.execute("INSERT INTO site_pictures (id) VALUES (1)")


def downgrade() -> None:
    """Raises `RuntimeError` when the choice would be lost, unless `-x lossy=yes` allows it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    if not lossy and op.get_bind().execute(sa.text(CHOSEN)).scalar_one():
        raise RuntimeError(
            "This migration would lose which picture is the front's. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )
    op.drop_table("site_pictures")
