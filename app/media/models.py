"""The picture: an original file with its texts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.actors import Actor
from app.core.db import Model, UtcDateTime
from app.core.partial_indexes import partial_index
from app.core.term_index import TermIndex
from app.media.credentials import credentials_said
from app.media.focus import MIDDLE, Focus
from app.media.renditions import StoredPicture, stems

PUBLIC_FOLDER = "/media"  # where readers find the files


def _called_by_key(context: Any) -> str:
    """The name of a picture for which nobody has made one."""
    return f"picture-{context.get_current_parameters()['key'].partition('.')[0]}"


class Picture(Model):
    """A stored original. `key` is the name of its file in `instance/media/`, made from the hash of its bytes.

    `short_name` is what the Markdown of a text calls it (media/short_names).

    It may be used until the end of the day `expires_on`. `uses` is how many stories use
    it, or did in an earlier version, and how many authors have it as the portrait.

    `crop` is that of the focus with which its renditions were made (media/renditions).

    `recipe` is the number of the recipe of its renditions (media/renditions), or 0 when it has none.
    `wanted_at` is since when a server process is to make them, and `problem` says why they cannot be made.
    """

    __tablename__ = "picture"
    __table_args__ = (
        partial_index("ix_picture_without_credit", "id", where="credit = ''"),
        partial_index("ix_picture_without_alt", "id", where="alt = ''"),
        partial_index("ix_picture_expires_on", "expires_on", where="expires_on IS NOT NULL"),
        partial_index("ix_picture_unused", "id", where="uses = 0"),
        Index("ix_picture_added_by_id", "added_by_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    short_name: Mapped[str] = mapped_column(String(80), unique=True, default=_called_by_key)
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    recipe: Mapped[int] = mapped_column(default=0, server_default="0")
    caption: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(String(300), default="")
    alt: Mapped[str] = mapped_column(Text, default="")
    byline: Mapped[str] = mapped_column(String(300), default="", server_default="")
    place: Mapped[str] = mapped_column(String(300), default="", server_default="")
    source: Mapped[str] = mapped_column(String(300), default="", server_default="")
    rights: Mapped[str] = mapped_column(Text, default="", server_default="")
    territories: Mapped[str] = mapped_column(String(300), default="", server_default="")
    expires_on: Mapped[date | None]
    taken_on: Mapped[date | None]
    credentials: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    file_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    focus_x: Mapped[int] = mapped_column(default=MIDDLE.x, server_default="50")
    focus_y: Mapped[int] = mapped_column(default=MIDDLE.y, server_default="50")
    crop: Mapped[str] = mapped_column(String(7), default="", server_default="")
    wanted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(Text, default="", server_default="")
    uses: Mapped[int] = mapped_column(default=0, server_default="0")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def is_own_of(self, actor: Actor) -> bool:
        """Whether `actor` has added it."""
        return actor.id is not None and self.added_by_id == actor.id

    @property
    def is_being_made(self) -> bool:
        """Whether its renditions are still being made for the first time."""
        return self.wanted_at is not None and self.recipe == 0

    @property
    def focus(self) -> Focus:
        """The point that its crops keep in view."""
        return Focus(self.focus_x, self.focus_y)

    @property
    def content_credentials(self) -> str:
        """What is told of who signed its file."""
        return credentials_said(self.credentials)

    @property
    def name(self) -> str:
        """What lists call it: its caption, else the name of the file that was sent."""
        return self.caption or self.file_name or f"Picture {self.id}"

    @property
    def stems(self) -> tuple[str, ...]:
        """The beginnings of the names of all its files."""
        return stems(self.key, self.recipe, self.crop)

    @property
    def url(self) -> str:
        return f"{PUBLIC_FOLDER}/{self.key}"

    @property
    def stored(self) -> StoredPicture:
        """The values that pages need to show it."""
        return self.stored_at(PUBLIC_FOLDER)

    def stored_at(self, folder: str) -> StoredPicture:
        """The values that pages need to show it, when its files are at the site path `folder`."""
        return StoredPicture(
            f"{folder}/{self.key}", self.width, self.height, recipe=self.recipe, crop=self.crop
        )


class SitePictures(Model):
    """The pictures of the site itself, in the only row of this table; a migration creates it.

    Other sites show the front's beside a link to a page that has no photograph of its own.
    """

    __tablename__ = "site_pictures"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    front_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))


# SQLite's full-text table of the words of pictures, or PostgreSQL's index of them.
PICTURE_INDEX = "picture_index"


class PictureEntry(Model):
    """All that is known of a picture in words, folded, and its terms (`core.word_parts`)."""

    __tablename__ = "picture_entry"

    picture_id: Mapped[int] = mapped_column(
        ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    folded: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)


PICTURE_WORDS = TermIndex(PICTURE_INDEX, PictureEntry.__table__, "picture_id")
