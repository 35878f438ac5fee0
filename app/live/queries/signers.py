"""The authors of live stories: the only authors that readers may know of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, union
from sqlalchemy.orm import aliased

from app.core.db import db
from app.live.models import Byline
from app.taxonomy.models import Author


def signers(slug: str, most: int = 200) -> Sequence[Author]:
    """The first `most` authors by name, for a reader to choose from.

    The one with `slug` is always included.
    """
    signs = select(Byline.article_id).where(Byline.author_id == Author.id).exists()
    first = select(Author).where(signs).order_by(Author.name).limit(most).subquery()
    either = union(select(first), select(Author).where(signs, Author.slug == slug)).subquery()
    found = db.session.scalars(select(aliased(Author, either)))
    return sorted(found, key=lambda author: author.name)
