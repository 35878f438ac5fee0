"""The stories that are read most, for the front page and the sections; how often is told to nobody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, func, select

from app.articles.models import Article, Revision
from app.core.prepared import PreparedSelect
from app.live.queries.cards import ARTICLE, REVISION
from app.live.shapes import Link
from app.readership.models import LISTED, MostRead

SHOWN = 5
# Fewer are no list.
FEWEST = 3

# As a part of its own: SQLite would else begin with all stories, of which it knows no number.
_RANKED = (
    select(MostRead.article_id, MostRead.place).order_by(MostRead.place).limit(LISTED).subquery()
)
_LINKS = (
    select(
        func.coalesce(func.nullif(REVISION.short_headline, ""), REVISION.headline),
        ARTICLE.live_path,
        REVISION.language,
    )
    .select_from(_RANKED)
    .join(Article, ARTICLE.id == _RANKED.c.article_id)
    .join(Revision, REVISION.id == ARTICLE.live_revision_id)
    .order_by(_RANKED.c.place)
    .limit(SHOWN)
)
_EVERYWHERE = PreparedSelect(_LINKS)
_IN = PreparedSelect(_LINKS.where(ARTICLE.live_category_id == bindparam("category", type_=Integer)))


def most_read() -> Sequence[Link]:
    """The live stories that are read most at present, first the one read most; empty when too few are."""
    return _links(_EVERYWHERE)


def most_read_in(category_id: int) -> Sequence[Link]:
    """The same of one section."""
    return _links(_IN, category=category_id)


def _links(query: PreparedSelect, **of: int) -> Sequence[Link]:
    found = [Link(*row) for row in query(**of)]
    return found if len(found) >= FEWEST else []
