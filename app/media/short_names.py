"""The short name of a picture: what a text calls it. It is made once and stays, as texts hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from sqlalchemy import ColumnElement, select

from app.accounts.actors import Actor
from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.core.db import db
from app.core.slugs import slugify
from app.media.models import Picture

_LONGEST = 40
_NUMBERED = 20


def free_short_name(caption: str, file_name: str, key: str, *, by: Actor) -> str:
    """A name that no picture has, from the caption, else from the name of the file.

    `key` is that of the file in the store; its beginning tells apart what many pictures are called. Who must
    not know of others' pictures always gets it, so that the name does not tell what those are called.
    """
    name = _readable(caption) or _readable(file_name.rpartition(".")[0]) or "picture"
    if isinstance(by, Person) and reach(by.role, Act.DESCRIBE_PICTURES) is Reach.OWN:
        return f"{name}-{key[:8]}"
    wanted = list(_candidates(name))
    taken = set(
        db.session.scalars(select(Picture.short_name).where(Picture.short_name.in_(wanted)))
    )
    return next((each for each in wanted if each not in taken), f"{name}-{key[:8]}")


def _candidates(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in range(2, _NUMBERED + 1))


def _readable(text: str) -> str:
    """The first words of `text`. A name that is digits alone would be read as a number."""
    slug = slugify(text)
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return f"picture-{slug}" if slug.replace("-", "").isdecimal() else slug


def short_names(ids: Set[int]) -> Mapping[int, str]:
    """The short names of the pictures with these ids, by id. Unknown ids are left out."""
    return _names_of(Picture.id.in_(ids)) if ids else {}


def pictures_called(names: Set[str]) -> Mapping[int, str]:
    """The pictures with these short names: their names by id."""
    return _names_of(Picture.short_name.in_(names)) if names else {}


def _names_of(these: ColumnElement[bool]) -> Mapping[int, str]:
    found = select(Picture.id, Picture.short_name).where(these)
    return {each.id: each.short_name for each in db.session.execute(found)}
