"""Which pictures readers see: those that live stories show, and portraits of the authors who have signed one.

`live/actions` and `live/portraits` store that, and the pictures' own addresses go by it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
)

from app.articles.content import Content
from app.articles.models import UsedPicture
from app.core.db import db
from app.core.events import pictures_hidden, pictures_shown
from app.core.prepared import PreparedSelect
from app.live.models import Byline, Publication, ShownPicture, ShownPortrait
from app.media.models import Picture, SitePictures
from app.media.renditions import STEM_LENGTH, stems

_HAS_SIGNED = select(Byline.article_id).where(Byline.author_id == ShownPortrait.author_id).exists()
_SHOWN = PreparedSelect(
    union_all(
        select(ShownPicture.article_id).where(ShownPicture.stem == bindparam("stem")),
        select(ShownPortrait.author_id).where(ShownPortrait.stem == bindparam("stem"), _HAS_SIGNED),
    ).limit(1)
)


_FRONT = PreparedSelect(
    select(Picture.key, Picture.recipe, Picture.crop).join(
        SitePictures, SitePictures.front_id == Picture.id
    )
)


def is_shown(stem: str) -> bool:
    """Whether readers see the picture whose files have names that begin with `stem`."""
    return bool(_SHOWN(stem=stem)) or stem in _of_the_site()


def _of_the_site() -> set[str]:
    return {stem for row in _FRONT() for stem in stems(row.key, row.recipe, row.crop)}


def show_again(stems: Collection[str]) -> None:
    """Say after the commit that readers see the pictures with these stems."""
    pictures_shown.send_after_commit(frozenset(stems))


def stems_in(content: Content, stored: Mapping[int, Picture]) -> list[str]:
    """The stems of the pictures of a content, in order. `stored` has its pictures."""
    found = (stored[each] for each in content.picture_ids if each in stored)
    return sorted({stem for picture in found for stem in picture.stems})


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


def replace_portrait(author_id: int, wanted: Collection[str]) -> None:
    """Store the stems of the present portrait of an author, and hide those that nothing shows any more."""
    of_author = ShownPortrait.author_id == author_id
    held = set(db.session.scalars(select(ShownPortrait.stem).where(of_author)))
    if left := held - set(wanted):
        db.session.execute(delete(ShownPortrait).where(of_author, ShownPortrait.stem.in_(left)))
        hide_unless_shown(left)
    if coming := frozenset(wanted) - held:
        rows = [{"author_id": author_id, "stem": each} for each in sorted(coming)]
        db.session.execute(insert(ShownPortrait), rows)
        signed_otherwise((author_id,))


def signed_otherwise(author_ids: Collection[int]) -> None:
    """Show the portraits of those authors who have signed a live story by now, and hide the others'."""
    of_these = ShownPortrait.author_id.in_(author_ids)
    rows = db.session.execute(select(ShownPortrait.stem, _HAS_SIGNED).where(of_these)).all()
    if shown := frozenset(stem for stem, is_shown in rows if is_shown):
        pictures_shown.send_after_commit(shown)
    if left := {stem for stem, is_shown in rows if not is_shown}:
        hide_unless_shown(left)


def hide_unless_shown(stems: Collection[str]) -> None:
    """Say after the commit that the pictures with these stems are hidden, if nothing shows them."""
    portraits = select(ShownPortrait.stem).where(ShownPortrait.stem.in_(stems), _HAS_SIGNED)
    in_stories = select(ShownPicture.stem).where(ShownPicture.stem.in_(stems))
    still = set(db.session.scalars(union_all(in_stories, portraits)))
    if hidden := frozenset(stems) - still - _of_the_site():
        pictures_hidden.send_after_commit(hidden)


def _of(article_id: int) -> Select[str]:
    return select(ShownPicture.stem).where(ShownPicture.article_id == article_id)


def stories_showing(picture: Picture) -> list[int]:
    """The ids of the live stories that show a picture, as their lead or in their text."""
    found = select(ShownPicture.article_id).where(ShownPicture.stem.in_(picture.stems))
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
    """For statements on pictures: whether readers see the picture."""
    own = func.substr(Picture.key, 1, STEM_LENGTH)
    return or_(
        select(ShownPicture.article_id).where(ShownPicture.stem == own).exists(),
        select(ShownPortrait.author_id).where(ShownPortrait.stem == own, _HAS_SIGNED).exists(),
        select(SitePictures.id).where(SitePictures.front_id == Picture.id).exists(),
    )
