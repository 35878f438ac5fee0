"""Which pictures live stories show. `live/actions` stores that, and the pictures' own addresses go by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select

from app.articles.content import Content
from app.articles.models import UsedPicture
from app.core.db import db
from app.core.events import pictures_hidden, pictures_shown
from app.core.prepared import PreparedSelect
from app.live.models import Publication, ShownPicture
from app.media.models import Picture
from app.media.renditions import STEM_LENGTH, stems

_SHOWN = PreparedSelect(
    select(ShownPicture.article_id).where(ShownPicture.stem == bindparam("stem")).limit(1)
)


def is_shown(stem: str) -> bool:
    """Whether a live story shows the picture whose files have names that begin with `stem`."""
    return bool(_SHOWN(stem=stem))


def stems_in(content: Content, stored: Mapping[int, Picture]) -> list[str]:
    """The stems of the pictures of a content, in order. `stored` has its pictures."""
    found = (stored[each] for each in content.picture_ids if each in stored)
    return sorted(
        {stem for picture in found for stem in stems(picture.key, picture.recipe, picture.crop)}
    )


def replace(article_id: int, wanted: Collection[str]) -> None:
    """Store the stems of the pictures that a live story shows now, and hide those that no story shows."""
    held = set(db.session.scalars(_of(article_id)))
    left = held - set(wanted)
    if left:
        these = ShownPicture.article_id == article_id, ShownPicture.stem.in_(left)
        db.session.execute(delete(ShownPicture).where(*these))
        hide_unless_shown(left)
    if coming := frozenset(wanted) - held:
        rows = [{"article_id": article_id, "stem": each} for each in sorted(coming)]
        db.session.execute(insert(ShownPicture), rows)
        pictures_shown.send_after_commit(coming)


def withdraw_from(article_id: int) -> None:
    """Hide the pictures that a story shows which is withdrawn."""
    replace(article_id, ())


def hide_unless_shown(stems: Collection[str]) -> None:
    """Say after the commit that the pictures with these stems are hidden, if no live story shows them."""
    still = set(db.session.scalars(select(ShownPicture.stem).where(ShownPicture.stem.in_(stems))))
    if hidden := frozenset(stems) - still:
        pictures_hidden.send_after_commit(hidden)


def _of(article_id: int) -> Select[str]:
    return select(ShownPicture.stem).where(ShownPicture.article_id == article_id)


def stories_showing(picture: Picture) -> list[int]:
    """The ids of the live stories that show a picture, as their lead or in their text."""
    found = select(ShownPicture.article_id).where(
        ShownPicture.stem.in_(stems(picture.key, picture.recipe, picture.crop))
    )
    return list(db.session.scalars(found.distinct().order_by(ShownPicture.article_id)))


def live_stories_using(picture_id: int) -> Sequence[int]:
    """The ids of the live stories that use a picture, in what readers see or in another version."""
    found = (
        select(Publication.article_id)
        .join(UsedPicture, UsedPicture.article_id == Publication.article_id)
        .where(UsedPicture.picture_id == picture_id)
    )
    return db.session.scalars(found.order_by(Publication.article_id)).all()


def is_shown_live() -> ColumnElement[bool]:
    """For statements on pictures: whether a live story shows the picture."""
    own = func.substr(Picture.key, 1, STEM_LENGTH)
    return select(ShownPicture.article_id).where(ShownPicture.stem == own).exists()
