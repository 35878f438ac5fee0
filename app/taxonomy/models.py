"""Categories, topics and authors.

An author is part of the content, and independent of people with accounts.
"""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.db import Model
from app.core.errors import NotReady
from app.taxonomy.name_key import LONGEST_KEY, name_key


class UniqueName:
    """Keeps the key of a name beside it, so that no two rows have one name in different spellings."""

    name_key: Mapped[str] = mapped_column(String(LONGEST_KEY), index=True, unique=True)

    @validates("name")
    def _keep_key(self, _attribute: str, name: str) -> str:
        self.name_key = name_key(name)
        if not self.name_key:
            raise NotReady("A name needs a letter or sign that can be seen.")
        return name


class Category(UniqueName, Model):
    """A section of the site. Each story has exactly one, and its slug is the first part of the address."""

    __tablename__ = "category"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)


class Topic(UniqueName, Model):
    """A subject of stories. A story has any number of topics."""

    __tablename__ = "topic"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Author(UniqueName, Model):
    """A name in the byline of stories. An author needs no account.

    `portrait_id` is a picture of the library; `live/portraits` sets it.
    """

    __tablename__ = "author"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    about: Mapped[str] = mapped_column(Text, default="")
    portrait_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), index=True)
