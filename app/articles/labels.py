"""The words for a content's ids: what its section, authors, topics and picture are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import literal, select, union_all

from app.articles.content import Content
from app.articles.languages import LANGUAGES
from app.core.db import db
from app.media.models import Picture
from app.taxonomy.models import Author, Category, Topic


class Labels:
    """Names by kind and id; made by one statement for any number of contents."""

    def __init__(self, found: dict[tuple[str, int], str]) -> None:
        self._found = found

    @classmethod
    def of(cls, *contents: Content) -> Labels:
        """The labels for everything that `contents` mention."""
        kinds = (
            ("category", Category.id, Category.name, {each.category_id for each in contents}),
            ("author", Author.id, Author.name, _all(each.author_ids for each in contents)),
            ("topic", Topic.id, Topic.name, _all(each.topic_ids for each in contents)),
            ("picture", Picture.id, Picture.caption, {each.lead_picture_id for each in contents}),
        )
        rows = db.session.execute(
            union_all(
                *(
                    select(literal(kind), key, name).where(key.in_(ids - {None}))
                    for kind, key, name, ids in kinds
                )
            )
        )
        return cls({(kind, key): name for kind, key, name in rows})

    def author_names(self, ids: Iterable[int]) -> list[str]:
        return [self._found.get(("author", each), f"Author {each}") for each in ids]

    def topic_names(self, ids: Iterable[int]) -> list[str]:
        return [self._found.get(("topic", each), f"Topic {each}") for each in ids]

    def text(self, field: str, value: Any) -> str:
        """`value` of the content's field `field` as a person reads it; empty for nothing."""
        if field == "author_ids":
            return ", ".join(self.author_names(value))
        if field == "topic_ids":
            return ", ".join(self.topic_names(value))
        if field == "category_id":
            return self._found.get(("category", value), "") if value else ""
        if field == "lead_picture_id":
            return self._picture(value)
        if field == "language":
            return LANGUAGES[value].name if value in LANGUAGES else str(value)
        return str(value)

    def _picture(self, picture_id: int | None) -> str:
        if picture_id is None:
            return ""
        caption = self._found.get(("picture", picture_id), "")
        return f"Picture {picture_id}" + (f": {caption}" if caption else "")


def _all(groups: Iterable[Iterable[int]]) -> set[int | None]:
    return {each for group in groups for each in group}
