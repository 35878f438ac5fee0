"""Single line ends that a save has joined are kept as they were typed.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TYPED = "SELECT count(*) FROM draft WHERE typed_lines IS NOT NULL"


def upgrade() -> None:
    op.add_column("draft", sa.Column("typed_lines", sa.Text(), nullable=True))


def downgrade() -> None:
    """Raises `RuntimeError` when line ends would be lost, unless `-x lossy=yes` allows it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    if not lossy and op.get_bind().execute(sa.text(TYPED)).scalar_one():
        raise RuntimeError(
            "This migration would lose the line ends that were typed and joined. Nothing was "
            "changed. Back up first; `-x lossy=yes` does it all the same."
        )
    op.drop_column("draft", "typed_lines")
