"""The files of the authors' portraits. Readers get those of authors who have signed a live story."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ShownPortrait(Model):
    """`stem` begins the names of the files of an author's portrait, as in `ShownPicture`."""

    __tablename__ = "shown_portrait"
    __table_args__ = (Index(None, "stem"),)

    author_id: Mapped[int] = mapped_column(
        ForeignKey("author.id", ondelete="CASCADE"), primary_key=True
    )
    stem: Mapped[str] = mapped_column(String(32), primary_key=True)
