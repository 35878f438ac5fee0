"""What every public page needs: the sections and the pages outside them, and the picture of the front.

One statement reads all, because every public page needs it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, String, func, literal, select, union_all

from app.core.prepared import PreparedSelect
from app.live.queries.cards import CATEGORY, PICTURE, PUBLICATION
from app.live.shapes import Lead, Link, Menu, Section
from app.media.models import PUBLIC_FOLDER, Picture, SitePictures

MOST_PAGES = 12

# Width, height, recipe, crop.
_NO_PICTURE: tuple[Any, ...] = (
    *(literal(0, Integer).label(name) for name in ("width", "height", "recipe")),
    literal("", String).label("crop"),
)
_SECTIONS = select(
    literal("section").label("what"),
    CATEGORY.id,
    CATEGORY.name,
    CATEGORY.slug.label("place"),
    literal("", String).label("language"),
    CATEGORY.position,
    *_NO_PICTURE,
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
_FRONT_PICTURE = (
    select(
        *(literal("picture"), PICTURE.id, PICTURE.alt, PICTURE.key, literal("", String)),
        *(literal(0, Integer), PICTURE.width, PICTURE.height, PICTURE.recipe, PICTURE.crop),
    )
    .select_from(Picture.__table__)
    .join(SitePictures, SitePictures.front_id == PICTURE.id)
)
_MENU = PreparedSelect(
    union_all(
        _SECTIONS,
        select(literal("page"), *_OLDEST_PAGES.c, literal(0, Integer), *_NO_PICTURE),
        _FRONT_PICTURE,
    ).order_by("position", "id")
)


def menu() -> Menu:
    """The sections in their order, the live pages, oldest first, and the picture of the front."""
    rows = _MENU()
    return Menu(
        tuple(Section(row.id, row.name, row.place) for row in rows if row.what == "section"),
        tuple(Link(row.name, row.place, row.language) for row in rows if row.what == "page"),
        next((_picture(row) for row in rows if row.what == "picture"), None),
    )


def _picture(row: Any) -> Lead:
    made = {"recipe": row.recipe, "crop": row.crop}
    return Lead(f"{PUBLIC_FOLDER}/{row.place}", row.width, row.height, row.name, **made)
