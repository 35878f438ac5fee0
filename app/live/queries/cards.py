"""Turning rows into cards: the columns that a list needs, and the names that sign its stories.

Called by the other files of `live/queries`. Columns are selected from tables, not entities: readers change
nothing, so the session has nothing to keep track of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, select

from app.articles.models import Article, Revision
from app.core.db import db
from app.live.models import Byline
from app.live.shapes import Card, Lead, Named
from app.media.models import Picture
from app.taxonomy.models import Author, Category

ARTICLE = Article.__table__.c
REVISION = Revision.__table__.c
CATEGORY = Category.__table__.c
PICTURE = Picture.__table__.c

_LIVE_COLUMNS = (
    ARTICLE.id,
    ARTICLE.live_path,
    ARTICLE.published_at,
    ARTICLE.updated_at,
    REVISION.headline,
    REVISION.short_headline,
    REVISION.standfirst,
    REVISION.language,
    REVISION.lead_alt,
    CATEGORY.name.label("category_name"),
    CATEGORY.slug.label("category_slug"),
    PICTURE.key.label("picture_key"),
    PICTURE.width.label("picture_width"),
    PICTURE.height.label("picture_height"),
    PICTURE.recipe.label("picture_recipe"),
    PICTURE.alt.label("picture_alt"),
)
_WITH_COPY = (
    Article.__table__.join(Revision.__table__, REVISION.id == ARTICLE.live_revision_id)
    # Pages have none, and are in no list.
    .outerjoin(Category.__table__, CATEGORY.id == ARTICLE.live_category_id)
    .outerjoin(Picture.__table__, PICTURE.id == REVISION.lead_picture_id)
)
_BYLINES = (
    select(Byline.article_id, Author.name)
    .join(Author, Author.id == Byline.author_id)
    .where(Byline.article_id.in_(bindparam("articles", expanding=True)))
    .order_by(Byline.article_id, Byline.position)
)


def live_stories(*more: Any) -> Select[Any]:
    """All live stories with what a card shows of them, and with the columns in `more`."""
    return select(*_LIVE_COLUMNS, *more).select_from(_WITH_COPY)


def chosen(ids: FromClause) -> Select[Any]:
    """The cards' columns of the stories whose `id` is in the subquery `ids`."""
    return select(*_LIVE_COLUMNS).select_from(_WITH_COPY.join(ids, ids.c.id == ARTICLE.id))


def card(row: Any) -> Card:
    """The card of one row; its byline is still empty."""
    return Card(
        article_id=row.id,
        path=row.live_path,
        headline=row.short_headline or row.headline,
        standfirst=row.standfirst,
        language=row.language,
        published_at=row.published_at,
        updated_at=row.updated_at,
        category=Named(row.category_name, row.category_slug),
        picture=lead(row),
    )


def lead(row: Any) -> Lead | None:
    """The lead picture of one row; a story's own description of it goes before the picture's."""
    if row.picture_key is None:
        return None
    alt = row.lead_alt or row.picture_alt
    size = row.picture_width, row.picture_height
    return Lead(f"/media/{row.picture_key}", *size, alt, recipe=row.picture_recipe)


def signed(cards: Sequence[Card]) -> tuple[Card, ...]:
    """The same cards with the names of their authors: one statement for all of them."""
    names = _names(each.article_id for each in cards)
    return tuple(replace(each, byline=tuple(names[each.article_id])) for each in cards)


def _names(articles: Iterable[int]) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    wanted = list(articles)
    if wanted:
        for article, name in db.session.execute(_BYLINES, {"articles": wanted}):
            names[article].append(name)
    return names
