"""The edition: one integer for the whole site, raised inside each transaction that changes what readers see.

Whatever is kept for readers is stamped with it, so nothing has to be purged by name (ARCHITECTURE section 4).
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Connection, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, UtcDateTime, after_commit, db
from app.core.events import edition_raised


class Edition(Model):
    """The one row; migrations make it."""

    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    cause: Mapped[str] = mapped_column(String(200))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)


def current() -> int:
    """The number that readers see now."""
    return db.session.execute(select(Edition.number)).scalar_one()


def raise_edition(cause: str) -> None:
    """Note in the transaction under way that readers will see something else, and why (`"publish 12"`)."""
    db.session.execute(
        update(Edition).values(number=Edition.number + 1, cause=cause[:200], raised_at=clock.now())
    )
    after_commit(edition_raised.send, cause)


def wait_for_turn(connection: Connection) -> None:
    """Have the transaction under way be the only one that changes what readers see, until it ends.

    For what is counted or listed across stories: two that change the same rows in turn could else wait for
    each other. SQLite has one writer at a time anyway.
    """
    connection.execute(select(Edition.id).with_for_update())
