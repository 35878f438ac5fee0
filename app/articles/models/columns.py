"""The column that holds a whole `Content`."""

from __future__ import annotations

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from app.articles.content import Content


class ContentJson(TypeDecorator[Content]):
    """A `Content` in Python, and its canonical JSON in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Content | None, dialect: Dialect) -> str | None:
        return None if value is None else value.dumps()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Content | None:
        return None if value is None else Content.loads(value)
