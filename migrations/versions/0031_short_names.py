"""Pictures have short names, by which texts call them.

Revision ID: 0031
Revises: 0030
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

AUTOINCREMENT = {"sqlite_autoincrement": True}
BATCH = 1000
LONGEST = 40
PICTURE = sa.table(
    "picture", *(sa.column(each) for each in ("id", "caption", "file_name", "short_name"))
)


def upgrade() -> None:
    with op.batch_alter_table("picture", table_kwargs=AUTOINCREMENT) as table:
        table.add_column(sa.Column("short_name", sa.String(80), nullable=True))
    _name_pictures()
    with op.batch_alter_table("picture", table_kwargs=AUTOINCREMENT) as table:
        table.alter_column("short_name", existing_type=sa.String(80), nullable=False)
        table.create_unique_constraint(table.f("uq_picture_short_name"), ["short_name"])


def downgrade() -> None:
    """Texts store the numbers of pictures, so nothing that somebody wrote is lost."""
    with op.batch_alter_table("picture", table_kwargs=AUTOINCREMENT) as table:
        table.drop_constraint(table.f("uq_picture_short_name"), type_="unique")
        table.drop_column("short_name")


def _name_pictures() -> None:
    connection, last, taken = op.get_bind(), 0, set[str]()
    asked = sa.select(PICTURE.c.id, PICTURE.c.caption, PICTURE.c.file_name).order_by(PICTURE.c.id)
    set_name = (
        sa.update(PICTURE)
        .where(PICTURE.c.id == sa.bindparam("number"))
        .values(short_name=sa.bindparam("name"))
    )
    while rows := connection.execute(asked.where(PICTURE.c.id > last).limit(BATCH)).all():
        last, named = rows[-1].id, []
        for row in rows:
            name = _readable(row.caption) or _readable(row.file_name.rpartition(".")[0])
            if not name or name in taken:
                name = f"{name or 'picture'}-{row.id}"
            taken.add(name)
            named.append({"number": row.id, "name": name})
        connection.execute(set_name, named)


def _readable(text: str) -> str:
    """The first words of `text` in small letters and digits, if they hold a letter.

    A name with a number at its end is not used, because others are told apart by such a number.
    """
    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    name = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    if not re.search("[a-z]", name):
        return ""
    return f"{name}-picture" if re.search("-[0-9]+$", name) else name
