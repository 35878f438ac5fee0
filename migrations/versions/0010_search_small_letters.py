"""Search knows `№` as `no`, in small letters as all words; the index is made anew with them.

A later migration that changes what the index holds makes it anew itself, and can leave this one without
its last line.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

from migrations.frozen.search_0010 import rebuild

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rebuild(op.get_bind())


def downgrade() -> None:
    """Nothing to undo: `stet search rebuild` of the version before makes the index that it wants."""
