"""The live stories that are shown at the end of another one.

`app/related` finds them and writes these rows.
"""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Related(Model):
    """`other_id` is related to `article_id`. The highest `score` (`related/similarity`) comes first.

    The table is in this feature because a story's page reads bylines, topics and related stories in one
    statement.
    """

    __tablename__ = "related"
    __table_args__ = (
        CheckConstraint("article_id <> other_id", name="another_story"),
        {"sqlite_with_rowid": False},
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    score: Mapped[int]
