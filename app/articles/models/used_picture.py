"""The pictures that stories use, in what their drafts say now or in any of their versions."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class UsedPicture(Model):
    """A story uses, or has used, a picture. Versions can be restored, so these rows stay.

    The text of a figure may name a picture that does not exist, so `picture_id` refers to no row.
    """

    __tablename__ = "used_picture"

    picture_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
