"""Looks up categories, topics and authors."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import func, literal, select, union_all

from app.core.db import db
from app.core.errors import NotFound
from app.taxonomy.models import Author, Category, Topic

Found = TypeVar("Found", Author, Topic)


def categories() -> Sequence[Category]:
    """All categories in the order of the site's menu."""
    return db.session.scalars(select(Category).order_by(Category.position, Category.id)).all()


def category_at(slug: str) -> Category | None:
    """The category at `/<slug>`, or `None`: a page (about, contact) may have that address."""
    return db.session.scalar(select(Category).where(Category.slug == slug))


def topic_at(slug: str) -> Topic:
    """The topic at `/topics/<slug>`. Raises `NotFound`."""
    return _found(db.session.scalar(select(Topic).where(Topic.slug == slug)))


def author_at(slug: str) -> Author:
    """The author at `/authors/<slug>`. Raises `NotFound`."""
    return _found(db.session.scalar(select(Author).where(Author.slug == slug)))


def _found(thing: Found | None) -> Found:
    if thing is None:
        raise NotFound
    return thing


def author_ids(names: Sequence[str]) -> dict[str, int]:
    """The ids of the authors with these names, by name. Unknown names are left out."""
    return _ids(Author, names)


def topic_ids(names: Sequence[str]) -> dict[str, int]:
    """The ids of the topics with these names, by name. Unknown names are left out."""
    return _ids(Topic, names)


def _ids(kind: type[Author | Topic], names: Sequence[str]) -> dict[str, int]:
    """The database compares the names, with the same rule as for unique names."""
    if not names:
        return {}
    same = (
        select(literal(place).label("place"), kind.id).where(
            func.lower(kind.name) == func.lower(name)
        )
        for place, name in enumerate(names)
    )
    return {names[place]: found for place, found in db.session.execute(union_all(*same))}
