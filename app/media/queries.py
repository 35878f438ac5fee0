"""Finding pictures."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.core.db import db
from app.media.models import Picture


def pictures(ids: Collection[int]) -> dict[int, Picture]:
    """The pictures with these ids, by id; ids that do not exist are left out."""
    if not ids:
        return {}
    found = db.session.scalars(select(Picture).where(Picture.id.in_(ids)))
    return {picture.id: picture for picture in found}


def recent_pictures(limit: int = 60) -> Sequence[Picture]:
    """The pictures stored last, for choosing one in a form."""
    return db.session.scalars(select(Picture).order_by(Picture.id.desc()).limit(limit)).all()
