"""The tables of readership: how often stories were read in each hour, and the list of most read stories."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class Reading(Model):
    """A story was read `times` times in one hour. `hour` counts hours since the beginning of 1970, UTC."""

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


LISTED = 100  # stories: enough to contain some of every section


class MostRead(Model):
    """One place in the list of most read stories, counted from 1.

    All rows are made together, at `made_at`.
    """

    __tablename__ = "most_read"
    __table_args__ = {"sqlite_with_rowid": False}

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), unique=True
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
