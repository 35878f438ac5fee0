"""Finds pictures."""

from collections.abc import Collection, Container
from pathlib import Path

from sqlalchemy import select

from app.core.db import db
from app.media.models import Picture
from app.media.renditions import RECIPE, names_of
from app.media.storage import name_of, stored_names


def pictures(ids: Collection[int]) -> dict[int, Picture]:
    """The pictures with these ids, by id. Unknown ids are left out."""
    if not ids:
        return {}
    found = db.session.scalars(select(Picture).where(Picture.id.in_(ids)))
    return {picture.id: picture for picture in found}


def picture_with_key(key: str) -> Picture | None:
    """The picture whose original has this name."""
    return db.session.scalar(select(Picture).where(Picture.key == key))


def picture_of(data: bytes) -> Picture | None:
    """The picture whose original has exactly these bytes."""
    return db.session.scalar(select(Picture).where(Picture.key.startswith(f"{name_of(data)}.")))


def lacks_renditions(picture: Picture, held: Container[str]) -> bool:
    """Whether renditions of this picture are not among the files that are `held`. A drawing needs none."""
    if picture.stored.is_drawing:
        return False
    crop = picture.crop or ""  # a row that is not written yet has no defaults
    names = names_of(picture.key, picture.width, picture.height, crop=crop)
    return picture.recipe != RECIPE or not all(name in held for name in names)


def without_renditions(instance: Path) -> list[int]:
    """The ids of the pictures with missing renditions, oldest first."""
    found = db.session.scalars(select(Picture).order_by(Picture.id))
    held = stored_names(instance)
    return [picture.id for picture in found if lacks_renditions(picture, held)]
