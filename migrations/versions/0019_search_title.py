"""A story may have a title for search engines that differs from its headline.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# Contents with such a title, in the JSON that 0018 made.
TITLED = "SELECT count(*) FROM {} WHERE content LIKE '%\"search_title\":%'"


def upgrade() -> None:
    op.add_column(
        "publication",
        sa.Column("search_title", sa.String(length=300), server_default="", nullable=False),
    )


def downgrade() -> None:
    """Raises `RuntimeError` when a title would be lost, unless `-x lossy=yes` allows it."""
    lossy = context.get_x_argument(as_dictionary=True).get("lossy") == "yes"
    titled = (op.get_bind().execute(sa.text(TITLED.format(each))) for each in ("draft", "revision"))
    if not lossy and any(found.scalar_one() for found in titled):
        raise RuntimeError(
            "This migration would lose titles for search engines. Nothing was changed. "
            "Back up first; `-x lossy=yes` does it all the same."
        )
    op.drop_column("publication", "search_title")
