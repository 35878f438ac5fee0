"""The table of websub: what the hub has not been told of yet."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class Ping(Model):
    """The feed at the whole address `feed` has changed, and the hub is to be told at `due_at`.

    A feed that changes again gets another row: whoever publishes writes rows of their own alone, and so
    waits for nobody who tells. No id is given twice, since a row may go while somebody still tells of it.
    """

    __tablename__ = "ping"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    feed: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # How often the hub did not take it, and since when.
    tries: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
