"""The site's edition: one integer, raised in each transaction that changes what readers see.

Cached pages are stamped with it. A page with another number than the current one is out of date, so pages
never have to be deleted from caches one by one.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Connection, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, UtcDateTime, db
from app.core.events import edition_raised


class SiteEdition(Model):
    """The only row of its table; a migration creates it."""

    __tablename__ = "site_edition"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    cause: Mapped[str] = mapped_column(String(200))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)


def current() -> int:
    """The number of the current edition."""
    return db.session.execute(select(SiteEdition.number)).scalar_one()


def raise_edition(cause: str) -> None:
    """Raise the number in the current transaction; `cause` says why (`"publish 12"`)."""
    db.session.execute(
        update(SiteEdition).values(
            number=SiteEdition.number + 1, cause=cause[:200], raised_at=clock.now()
        )
    )
    edition_raised.send_after_commit(cause)


def wait_for_turn(connection: Connection) -> None:
    """Lock the row, so that no other transaction changes what readers see until this one ends.

    For acts that update rows shared by several stories (counts, lists, search words): without a common
    first lock, two of them could wait for each other. SQLite has only one writer at a time anyway.
    """
    connection.execute(select(SiteEdition.id).with_for_update())
