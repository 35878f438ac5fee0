"""The column that holds a whole `Content`, and the copy of a content that drafts and revisions share."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from app.articles.content import Content


class ContentCopy(NamedTuple):
    """The content of a draft at one version, or of a revision. `words` is the number of words in the text."""

    article_id: int
    draft_version: int
    content: Content
    words: int


class ContentJson(TypeDecorator[Content]):
    """A `Content` in Python, and its canonical JSON in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Content | None, dialect: Dialect) -> str | None:
        return None if value is None else value.dumps()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Content | None:
        return None if value is None else Content.loads(value)
