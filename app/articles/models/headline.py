"""The headlines of all drafts as the newsroom searches them.

Readers search another index, which knows nothing of drafts (`app/search`).
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.core.term_index import TermIndex

# SQLite's full-text table, or PostgreSQL's index of the terms.
HEADLINE_INDEX = "headline_index"


class HeadlineEntry(Model):
    """Both headlines of a draft, folded, and the terms that they are found by (`core.word_parts`)."""

    __tablename__ = "headline_entry"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    folded: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)


HEADLINES = TermIndex(HEADLINE_INDEX, HeadlineEntry.__table__, "article_id")
