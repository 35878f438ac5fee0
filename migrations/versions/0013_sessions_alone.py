"""A session is valid by its row alone. The secret name of a person that sessions repeated is removed.

Sessions that were ended by a new name still have rows. So all rows are deleted, and everybody signs in again.

Revision ID: 0013
Revises: 0012
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

AUTOINCREMENT = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.execute("DELETE FROM sign_in_session")
    with op.batch_alter_table("person", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_fs_uniquifier"), type_="unique")
        batch_op.drop_column("fs_uniquifier")


def downgrade() -> None:
    op.add_column("person", sa.Column("fs_uniquifier", sa.String(length=64), nullable=True))
    person = sa.table("person", sa.column("id", sa.Integer()), sa.column("fs_uniquifier"))
    connection = op.get_bind()
    for number in connection.execute(sa.select(person.c.id)).scalars().all():
        named = sa.update(person).where(person.c.id == number)
        connection.execute(named.values(fs_uniquifier=secrets.token_hex(32)))
    with op.batch_alter_table("person", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.alter_column("fs_uniquifier", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_person_fs_uniquifier"), ["fs_uniquifier"])
