"""Looks up the names for the ids in contents, with one statement for any number of contents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, literal, select, union_all

from app.articles.content import Content
from app.articles.labels import Labels
from app.body.html import picture_ids
from app.core.db import db
from app.live.models import Publication
from app.media.models import Picture
from app.taxonomy.models import Author, Category, Topic

_SHOWS = func.coalesce(func.nullif(Picture.alt, ""), Picture.caption)


def labels_of(*contents: Content, more: Mapping[tuple[str, int], str] | None = None) -> Labels:
    """The labels for everything that `contents` mention. `more` has the labels of what has no row yet."""
    kinds = (
        ("category", Category.id, Category.name, {each.category_id for each in contents}),
        ("author", Author.id, Author.name, _all(each.author_ids for each in contents)),
        ("topic", Topic.id, Topic.name, _all(each.topic_ids for each in contents)),
        ("picture", Picture.id, _SHOWS, _all(map(_pictures, contents))),
        # Readers see this label too, so it is only the path of a live story, which is public.
        (
            "story",
            Publication.article_id,
            Publication.path,
            {each.original_id for each in contents},
        ),
    )
    rows = db.session.execute(
        union_all(
            *(
                select(literal(kind), key, name).where(key.in_(ids - {None}))
                for kind, key, name, ids in kinds
            )
        )
    )
    found: dict[tuple[str, int], str | None] = {(kind, key): name for kind, key, name in rows}
    return Labels(found | dict(more or {}))


def _all(groups: Iterable[Iterable[int | None]]) -> set[int | None]:
    return {each for group in groups for each in group}


def _pictures(content: Content) -> Iterable[int | None]:
    return (content.lead_picture_id, *picture_ids(content.body))
