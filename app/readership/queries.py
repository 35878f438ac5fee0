"""The most read stories, for the front page and the sections.

The numbers themselves are not shown to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, func, select

from app.core.prepared import PreparedSelect
from app.live.models import Publication
from app.live.queries.cards import PUBLICATION
from app.live.shapes import Link
from app.readership.models import LISTED, MostRead

SHOWN = 5
# Fewer are no list.
FEWEST = 3

# A subquery of its own, because SQLite would otherwise begin with all stories: it does not know how many
# there are.
_RANKED = (
    select(MostRead.article_id, MostRead.place).order_by(MostRead.place).limit(LISTED).subquery()
)
_LINKS = (
    select(
        func.coalesce(func.nullif(PUBLICATION.short_headline, ""), PUBLICATION.headline),
        PUBLICATION.path,
        PUBLICATION.language,
    )
    .select_from(_RANKED)
    .join(Publication, PUBLICATION.article_id == _RANKED.c.article_id)
    .order_by(_RANKED.c.place)
    .limit(SHOWN)
)
_EVERYWHERE = PreparedSelect(_LINKS)
_IN = PreparedSelect(_LINKS.where(PUBLICATION.category_id == bindparam("category", type_=Integer)))


def most_read() -> Sequence[Link]:
    """The live stories that are read most at present, most read first. Empty when there are too few."""
    return _links(_EVERYWHERE)


def most_read_in(category_id: int) -> Sequence[Link]:
    """The most read stories of one section."""
    return _links(_IN, category=category_id)


def _links(question: PreparedSelect, **of: int) -> Sequence[Link]:
    found = [Link(*row) for row in question(**of)]
    return found if len(found) >= FEWEST else []
