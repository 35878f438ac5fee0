"""Turns rows into cards: selects the columns that a list needs, and the names of the authors.

The other files of `live/queries` call this. They select columns, not entities: readers change nothing, so the
session does not need to track objects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, select

from app.core.db import db
from app.live.models import Byline, Publication
from app.live.shapes import Card, Lead, Named
from app.media.models import PUBLIC_FOLDER, Picture
from app.taxonomy.models import Author, Category

PUBLICATION = Publication.__table__.c
CATEGORY = Category.__table__.c
PICTURE = Picture.__table__.c

_LIVE_COLUMNS = (
    PUBLICATION.article_id,
    PUBLICATION.path,
    PUBLICATION.published_at,
    PUBLICATION.updated_at,
    PUBLICATION.headline,
    PUBLICATION.short_headline,
    PUBLICATION.standfirst,
    PUBLICATION.language,
    PUBLICATION.lead_alt,
    CATEGORY.name.label("category_name"),
    CATEGORY.slug.label("category_slug"),
    PICTURE.key.label("picture_key"),
    PICTURE.width.label("picture_width"),
    PICTURE.height.label("picture_height"),
    PICTURE.recipe.label("picture_recipe"),
    PICTURE.crop.label("picture_crop"),
    PICTURE.alt.label("picture_alt"),
)
_WITH_NAMES = (
    Publication.__table__
    # A page has no category, and is in no list.
    .outerjoin(Category.__table__, CATEGORY.id == PUBLICATION.category_id).outerjoin(
        Picture.__table__, PICTURE.id == PUBLICATION.lead_picture_id
    )
)
_BYLINES = (
    select(Byline.article_id, Author.name)
    .join(Author, Author.id == Byline.author_id)
    .where(Byline.article_id.in_(bindparam("articles", expanding=True)))
    .order_by(Byline.article_id, Byline.position)
)


def live_stories(*more: Any) -> Select[Any]:
    """All live stories with the columns of a card, and with the columns in `more`."""
    return select(*_LIVE_COLUMNS, *more).select_from(_WITH_NAMES)


def chosen(ids: FromClause) -> Select[Any]:
    """The columns of a card for the stories that the column `article_id` of the subquery `ids` names."""
    return select(*_LIVE_COLUMNS).select_from(
        _WITH_NAMES.join(ids, ids.c.article_id == PUBLICATION.article_id)
    )


def card(row: Any) -> Card:
    """The card of one row. Its byline is still empty."""
    return Card(
        article_id=row.article_id,
        path=row.path,
        headline=row.short_headline or row.headline,
        standfirst=row.standfirst,
        language=row.language,
        published_at=row.published_at,
        updated_at=row.updated_at,
        category=Named(row.category_name, row.category_slug),
        picture=lead(row),
    )


def lead(row: Any) -> Lead | None:
    """The lead picture of one row. The story's description of it is preferred to the picture's own."""
    if row.picture_key is None:
        return None
    alt = row.lead_alt or row.picture_alt
    size = row.picture_width, row.picture_height
    made = {"recipe": row.picture_recipe, "crop": row.picture_crop}
    return Lead(f"{PUBLIC_FOLDER}/{row.picture_key}", *size, alt, **made)


def signed(cards: Sequence[Card]) -> tuple[Card, ...]:
    """The same cards with the names of their authors, read with one statement."""
    names = _names(each.article_id for each in cards)
    return tuple(replace(each, byline=tuple(names[each.article_id])) for each in cards)


def _names(articles: Iterable[int]) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    wanted = list(articles)
    if wanted:
        for article, name in db.session.execute(_BYLINES, {"articles": wanted}):
            names[article].append(name)
    return names
