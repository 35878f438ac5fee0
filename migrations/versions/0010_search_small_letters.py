"""Search reads `№` as `no`, in lower case like all words. The index is made again with this rule.

If a later migration changes the index, it makes it again itself, and this one then needs its last line no
more.

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
    """Nothing to undo: `stet search rebuild` of the older release makes the index that it needs."""
