"""Printed fact boxes are sections with the role of a note, which reader modes keep.

Revision ID: 0030
Revises: 0029
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BATCH = 500
PUBLICATION = sa.table("publication", sa.column("article_id"), sa.column("html"))
ASIDE = re.compile('<aside class=fact(?: aria-label="[^"]*")?>')
SECTION = "<section class=fact role=note>"
NAMED = re.compile(re.escape(SECTION) + "(?:<p class=kicker>(.*?)</p>)?")


def upgrade() -> None:
    _print_again("<aside", lambda html: ASIDE.sub(SECTION, html).replace("</aside>", "</section>"))


def downgrade() -> None:
    _print_again(SECTION, lambda html: NAMED.sub(_aside, html).replace("</section>", "</aside>"))


def _aside(found: re.Match[str]) -> str:
    name = found[1]
    if not name:
        return "<aside class=fact>"
    return f'<aside class=fact aria-label="{name}"><p class=kicker>{name}</p>'


def _print_again(tag: str, printed: Callable[[str], str]) -> None:
    """Change the HTML of the live stories with this tag, some hundred at a time."""
    connection, last = op.get_bind(), 0
    while True:
        rows = connection.execute(
            sa.select(PUBLICATION)
            .where(PUBLICATION.c.article_id > last, PUBLICATION.c.html.contains(tag))
            .order_by(PUBLICATION.c.article_id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].article_id
        for row in rows:
            connection.execute(
                sa.update(PUBLICATION)
                .where(PUBLICATION.c.article_id == row.article_id)
                .values(html=printed(row.html))
            )
