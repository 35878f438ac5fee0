"""The picture: an original file with its texts."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime
from app.media.renditions import StoredPicture

PUBLIC_FOLDER = "/media"  # where readers find the files


class Picture(Model):
    """A stored original. `key` is the name of its file in `instance/media/`, made from the hash of its bytes.

    `recipe` is the number of the recipe of its renditions (media/renditions), or 0 when it has none.
    """

    __tablename__ = "picture"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    recipe: Mapped[int] = mapped_column(default=0, server_default="0")
    caption: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(String(300), default="")
    alt: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def url(self) -> str:
        return f"{PUBLIC_FOLDER}/{self.key}"

    @property
    def stored(self) -> StoredPicture:
        """The values that pages need to show it."""
        return self.stored_at(PUBLIC_FOLDER)

    def stored_at(self, folder: str) -> StoredPicture:
        """The values that pages need to show it, when its files are at the site path `folder`."""
        return StoredPicture(f"{folder}/{self.key}", self.width, self.height, recipe=self.recipe)
