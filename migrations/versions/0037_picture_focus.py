"""Pictures have a point that crops keep in view.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

CHOSEN = "SELECT count(*) FROM picture WHERE focus_x <> 50 OR focus_y <> 50 OR crop <> ''"


def upgrade() -> None:
    for name in ("focus_x", "focus_y"):
        column = sa.Column(name, sa.Integer(), server_default="50", nullable=False)
        op.add_column("picture", column)
    crop = sa.Column("crop", sa.String(7), server_default="", nullable=False)
    op.add_column("picture", crop)


def downgrade() -> None:
    """Raises `RuntimeError` when somebody has chosen a point, unless `-x lossy=yes` allows losing it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    if not lossy and op.get_bind().execute(sa.text(CHOSEN)).scalar_one():
        raise RuntimeError(
            "This migration would lose what crops of pictures show. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )
    for name in ("crop", "focus_y", "focus_x"):
        op.drop_column("picture", name)
