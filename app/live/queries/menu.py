"""The links in the header and footer of every public page: the sections, and the pages outside them.

One statement reads both, because every public page needs them.
"""

from __future__ import annotations

from sqlalchemy import Integer, String, func, literal, select, union_all

from app.core.prepared import PreparedSelect
from app.live.queries.cards import CATEGORY, PUBLICATION
from app.live.shapes import Link, Menu, Section

MOST_PAGES = 12

_SECTIONS = select(
    literal("section").label("what"),
    CATEGORY.id,
    CATEGORY.name,
    CATEGORY.slug.label("place"),
    literal("", String).label("language"),
    CATEGORY.position,
)
_OLDEST_PAGES = (
    select(
        PUBLICATION.article_id.label("id"),
        func.coalesce(func.nullif(PUBLICATION.short_headline, ""), PUBLICATION.headline).label(
            "name"
        ),
        PUBLICATION.path,
        PUBLICATION.language,
    )
    .where(PUBLICATION.category_id.is_(None))
    .order_by(PUBLICATION.published_at)
    .limit(MOST_PAGES)
    .subquery()
)
_MENU = PreparedSelect(
    union_all(_SECTIONS, select(literal("page"), *_OLDEST_PAGES.c, literal(0, Integer))).order_by(
        "position", "id"
    )
)


def menu() -> Menu:
    """The sections in their order, and the live pages, oldest first."""
    rows = _MENU()
    return Menu(
        tuple(Section(row.id, row.name, row.place) for row in rows if row.what == "section"),
        tuple(Link(row.name, row.place, row.language) for row in rows if row.what == "page"),
    )
