"""Finds the author of a page, with the portrait, in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, bindparam, select

from app.core.errors import NotFound
from app.core.prepared import PreparedSelect
from app.live.queries.cards import PICTURE
from app.live.shapes import AuthorProfile, Portrait
from app.media.models import PUBLIC_FOLDER, Picture
from app.taxonomy.models import Author

AUTHOR = Author.__table__.c
_AT_SLUG = PreparedSelect(
    select(
        *(AUTHOR.id, AUTHOR.name, AUTHOR.slug, AUTHOR.about),
        *(PICTURE.key, PICTURE.width, PICTURE.height, PICTURE.recipe, PICTURE.crop),
        *(PICTURE.alt, PICTURE.credit),
    )
    .select_from(Author.__table__.outerjoin(Picture.__table__, PICTURE.id == AUTHOR.portrait_id))
    .where(AUTHOR.slug == bindparam("slug", type_=String))
)


def author_profile(slug: str) -> AuthorProfile:
    """The author at `/authors/<slug>`. Raises `NotFound`."""
    rows = _AT_SLUG(slug=slug)
    if not rows:
        raise NotFound
    row = rows[0]
    return AuthorProfile(row.id, row.name, row.slug, row.about, _portrait(row))


def _portrait(row: Any) -> Portrait | None:
    if row.key is None:
        return None
    url, alt = f"{PUBLIC_FOLDER}/{row.key}", row.alt or row.name
    made = {"recipe": row.recipe, "crop": row.crop}
    return Portrait(url, row.width, row.height, alt, row.credit, **made)
