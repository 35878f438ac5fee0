"""The names for the ids in a content: of its section, authors, topics and picture.

`live/queries/labels` looks them up. Comparisons and forms read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.articles.languages import LANGUAGES

_KINDS = {"category_id": "category", "lead_picture_id": "picture", "original_id": "story"}


class Labels:
    """Names by kind and id. A kind is `category`, `author`, `topic`, `picture` or `story`."""

    def __init__(self, found: Mapping[tuple[str, int], str | None]) -> None:
        self._found = found

    def author_names(self, ids: Iterable[int]) -> list[str]:
        return [self._found.get(("author", each)) or f"Author {each}" for each in ids]

    def topic_names(self, ids: Iterable[int]) -> list[str]:
        return [self._found.get(("topic", each)) or f"Topic {each}" for each in ids]

    def picture(self, key: int) -> str:
        """The library's description of a picture. Empty if there is none."""
        return self._found.get(("picture", key)) or ""

    def text(self, field: str, value: Any) -> str:
        """`value` of the content's field `field` as text for a person. Empty if there is no value."""
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
        """The path of a live story, or the number of a story that is not live. Empty for no story."""
        return self._found.get(("story", article_id)) or str(article_id) if article_id else ""

    def _one(self, kind: str, key: int | None) -> str:
        if key is None:
            return ""
        name = self._found.get((kind, key))
        if kind == "picture":
            return f"Picture {key}: {name}" if name else f"Picture {key}"
        return name or f"{kind.capitalize()} {key}"
