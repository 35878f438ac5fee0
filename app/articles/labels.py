"""The words for a content's ids: what its section, authors, topics and picture are called.

`live/queries/labels` looks them up; comparing and forms read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.articles.languages import LANGUAGES

_KINDS = {"category_id": "category", "lead_picture_id": "picture", "original_id": "story"}


class Labels:
    """Names by kind and id; a kind is `category`, `author`, `topic`, `picture` or `story`."""

    def __init__(self, found: Mapping[tuple[str, int], str | None]) -> None:
        self._found = found

    def author_names(self, ids: Iterable[int]) -> list[str]:
        return [self._found.get(("author", each)) or f"Author {each}" for each in ids]

    def topic_names(self, ids: Iterable[int]) -> list[str]:
        return [self._found.get(("topic", each)) or f"Topic {each}" for each in ids]

    def picture(self, key: int) -> str:
        """What a picture shows, as the library describes it; empty where it does not."""
        return self._found.get(("picture", key)) or ""

    def text(self, field: str, value: Any) -> str:
        """`value` of the content's field `field` as a person reads it; empty for nothing."""
        if field == "author_ids":
            return ", ".join(self.author_names(value))
        if field == "topic_ids":
            return ", ".join(self.topic_names(value))
        if field in _KINDS:
            return self._one(_KINDS[field], value)
        if field == "language":
            return LANGUAGES[value].name if value in LANGUAGES else str(value)
        return str(value)

    def address(self, article_id: int | None) -> str:
        """Where readers find a story, or its number while they do not; empty for none."""
        return self._found.get(("story", article_id)) or str(article_id) if article_id else ""

    def _one(self, kind: str, key: int | None) -> str:
        if key is None:
            return ""
        name = self._found.get((kind, key))
        if kind == "picture":
            return f"Picture {key}: {name}" if name else f"Picture {key}"
        return name or f"{kind.capitalize()} {key}"
