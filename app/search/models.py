"""The tables of search; all they hold can be made again from the live stories (`stet search rebuild`).

Beside these two, SQLite has a full-text table over `search_entry`, and PostgreSQL a column and an index
of it (made by migration 0004, asked by `engines`). The models do not know of either, so `is_engine` names
them to Alembic.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

INDEX = "search_index"
VECTOR = "search_vector"
GIN = "ix_search_entry_search_vector"
# Compared byte by byte, so that words with one beginning stand together.
WORD_TYPE = String(40).with_variant(String(40, collation="C"), "postgresql")


class SearchEntry(Model):
    """A live story as search knows it: `id` is its place by age, `terms` what it is found by (`terms`)."""

    __tablename__ = "search_entry"
    __table_args__ = (Index(None, "article_id", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    terms: Mapped[str] = mapped_column(Text)


class SearchWord(Model):
    """A word of the live stories, and in how many of them it stands: for other forms and for slips."""

    __tablename__ = "search_word"
    __table_args__ = {"sqlite_with_rowid": False}

    word: Mapped[str] = mapped_column(WORD_TYPE, primary_key=True)
    stories: Mapped[int]


def is_engine(name: str | None) -> bool:
    """Whether a table, column or index is of the database's own making, which no model describes."""
    return name is not None and (name in (GIN, VECTOR, INDEX) or name.startswith(f"{INDEX}_"))
