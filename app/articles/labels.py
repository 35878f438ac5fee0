"""The words for a content's ids: what its section, authors, topics and picture are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, literal, select, union_all

from app.articles.content import Content
from app.articles.languages import LANGUAGES
from app.articles.models import Article
from app.body.html import picture_ids
from app.core.db import db
from app.media.models import Picture
from app.taxonomy.models import Author, Category, Topic

_SHOWS = func.coalesce(func.nullif(Picture.alt, ""), Picture.caption)
_KINDS = {"category_id": "category", "lead_picture_id": "picture", "original_id": "story"}


class Labels:
    """Names by kind and id; made by one statement for any number of contents."""

    def __init__(self, found: dict[tuple[str, int], str | None]) -> None:
        self._found = found

    @classmethod
    def of(cls, *contents: Content) -> Labels:
        """The labels for everything that `contents` mention."""
        kinds = (
            ("category", Category.id, Category.name, {each.category_id for each in contents}),
            ("author", Author.id, Author.name, _all(each.author_ids for each in contents)),
            ("topic", Topic.id, Topic.name, _all(each.topic_ids for each in contents)),
            ("picture", Picture.id, _SHOWS, _all(map(_pictures, contents))),
            # Readers see this too: nothing but the address that they know a live story by.
            ("story", Article.id, Article.live_path, {each.original_id for each in contents}),
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


def _all(groups: Iterable[Iterable[int | None]]) -> set[int | None]:
    return {each for group in groups for each in group}


def _pictures(content: Content) -> Iterable[int | None]:
    return (content.lead_picture_id, *picture_ids(content.body))
