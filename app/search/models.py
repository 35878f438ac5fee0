"""The tables of search. They can be made again from the live stories (`stet search rebuild`).

Besides these two, SQLite has a full-text table over `search_entry`, and PostgreSQL has a column and an index
for it (made by migration 0004, used by `engines`). No model describes these, so Alembic asks `is_engine`
about them.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.articles.models.headline import HEADLINE_INDEX
from app.core.db import Model
from app.media.models import PICTURE_INDEX

INDEX = "search_index"
VECTOR = "search_vector"
GIN = "ix_search_entry_search_vector"
# Compared byte by byte, so that words with the same beginning are next to each other.
WORD_TYPE = String(40).with_variant(String(40, collation="C"), "postgresql")


class SearchEntry(Model):
    """A live story in the index. `id` is in order of age, `terms` is what it can be found by (`terms`)."""

    __tablename__ = "search_entry"
    __table_args__ = (Index(None, "article_id", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    terms: Mapped[str] = mapped_column(Text)


class SearchWord(Model):
    """A word of the live stories and the number of stories that have it. For word forms and spelling."""

    __tablename__ = "search_word"
    __table_args__ = {"sqlite_with_rowid": False}

    word: Mapped[str] = mapped_column(WORD_TYPE, primary_key=True)
    stories: Mapped[int]


def is_engine(name: str | None) -> bool:
    """Whether a table, column or index belongs to the database's full-text search and not to a model."""
    tables = INDEX, HEADLINE_INDEX, PICTURE_INDEX
    return name is not None and (
        name in (GIN, VECTOR, *tables) or name.startswith(tuple(f"{each}_" for each in tables))
    )
