"""The tables of readership: how often stories were read in each hour, and the list made of it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class Reading(Model):
    """A story was read `times` times in an hour; `hour` counts the hours since the beginning of 1970, UTC."""

    __tablename__ = "reading"
    __table_args__ = {"sqlite_with_rowid": False}

    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    times: Mapped[int]


LISTED = 100  # stories, so that sections find theirs among them


class MostRead(Model):
    """The story at a place, from 1, of those read most; all rows were made together, at `made_at`."""

    __tablename__ = "most_read"
    __table_args__ = {"sqlite_with_rowid": False}

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), unique=True
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
