"""The pictures that a live story shows: readers get the files of these, and of no others."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ShownPicture(Model):
    """`stem` begins the names of a picture's files (`media/renditions`): one row for each of its recipes.

    These rows are deleted with the publication.
    """

    __tablename__ = "shown_picture"
    __table_args__ = (Index(None, "stem"),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey("publication.article_id", ondelete="CASCADE"), primary_key=True
    )
    stem: Mapped[str] = mapped_column(String(32), primary_key=True)
