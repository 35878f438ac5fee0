"""The words by which pictures are found: keeping their index, and searching it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select

from app.core.db import db
from app.core.word_parts import wanted_words
from app.media.models import PICTURE_WORDS, Picture, PictureEntry

# So many of the newest pictures are looked through before the index is asked.
RECENT = 500
_ENOUGH = 50


def words_of(picture: Picture) -> str:
    """All that is known of a picture in words."""
    said = (
        *(picture.caption, picture.credit, picture.alt, picture.byline, picture.place),
        *(picture.source, picture.rights, picture.territories),
        *(picture.file_name, picture.short_name),
    )
    return " ".join(each for each in said if each)


def note_words(picture: Picture) -> None:
    """Have a picture found by what is known of it now, and by nothing earlier."""
    PICTURE_WORDS.put(picture.id, words_of(picture))


def rebuild() -> int:
    """Make the whole index again. Returns how many pictures there are."""
    found = db.session.scalars(select(Picture).order_by(Picture.id))
    return PICTURE_WORDS.rebuild((picture.id, words_of(picture)) for picture in found)


def findings() -> Iterator[str]:
    """One sentence for each picture that is not found by its words."""
    rows = (
        select(Picture, PictureEntry.folded, PictureEntry.terms)
        .outerjoin(PictureEntry, PictureEntry.picture_id == Picture.id)
        .order_by(Picture.id)
        .execution_options(yield_per=500)
    )
    for picture, folded, terms in db.session.execute(rows):
        wanted = PICTURE_WORDS.entry(picture.id, words_of(picture))
        if (folded, terms) != (wanted["folded"], wanted["terms"]):
            yield (
                f"The library does not find picture {picture.id} by its words;"
                " `stet media words` mends that."
            )


def matching(pictures: Select[Picture], words: str, before: int | None = None) -> Select[Picture]:
    """Those of `pictures` that have all of `words` in what is known of them, and smaller ids than `before`.

    If more than `MOST` of `core.term_index` have them, the oldest are left out.
    """
    if before is not None:
        pictures = pictures.where(Picture.id < before)
    wanted = wanted_words(words)
    if not wanted:
        return pictures
    newest = _among_newest(pictures, wanted)
    if len(newest) == _ENOUGH:
        return pictures.where(Picture.id.in_(newest))
    ids = [*newest, *PICTURE_WORDS.keys_with(wanted, before)]
    found = pictures.join(PictureEntry, PictureEntry.picture_id == Picture.id)
    return found.where(PICTURE_WORDS.contains(wanted), Picture.id.in_(ids))


def _among_newest(pictures: Select[Picture], words: Sequence[str]) -> Sequence[int]:
    """Ids of pictures with these words. Common words fill a page from the newest pictures."""
    newest = pictures.with_only_columns(Picture.id).order_by(Picture.id.desc())
    recent = newest.limit(RECENT).subquery()
    found = (
        select(recent.c.id)
        .join(PictureEntry, PictureEntry.picture_id == recent.c.id)
        .where(PICTURE_WORDS.contains(words))
        .order_by(recent.c.id.desc())
        .limit(_ENOUGH)
    )
    return db.session.scalars(found).all()
