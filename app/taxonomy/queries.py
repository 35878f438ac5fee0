"""Looks up categories, topics and authors."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select

from app.core.db import db
from app.core.errors import NotFound
from app.taxonomy.models import Author, Category, Topic
from app.taxonomy.name_key import name_key

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
    if not names:
        return {}
    keys = {name: name_key(name) for name in names}
    rows = db.session.execute(select(kind.name, kind.name_key, kind.id).where(_named(kind, keys)))
    found = rows.all()
    ids = {row.name_key: row.id for row in found}
    exactly = {row.name: row.id for row in found}
    known = ((name, exactly.get(name) or ids.get(keys[name])) for name in names)
    return {name: each for name, each in known if each}


def named(kind: type[Found], name: str) -> Found | None:
    """The author or topic with this name, however it is written."""
    exactly_first = (kind.name == name).desc()
    wanted = select(kind).where(_named(kind, {name: name_key(name)})).order_by(exactly_first)
    return db.session.scalar(wanted.limit(1))


def _named(kind: type[Author | Topic], keys: Mapping[str, str]) -> ColumnElement[bool]:
    """Those with one of these keys, or with exactly one of these names.

    Names that older versions of Stet took for two may have one key; then only one of them has it.
    """
    return or_(kind.name_key.in_(keys.values()), kind.name.in_(keys))
