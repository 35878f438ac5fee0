"""Chooses the portraits of authors, which are pictures of the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core.db import db
from app.core.edition import raise_edition, wait_for_turn
from app.live.choosing import note_use, ready_picture
from app.live.models import ShownPortrait
from app.live.shown_pictures import replace_portrait
from app.media.models import Picture
from app.taxonomy.models import Author


def choose_portrait(author: Author, picture_id: int, *, by: Actor) -> None:
    """Have readers see a picture beside the author's stories.

    Raises `NotAllowed`, and `NotReady` while the picture cannot be shown to readers.
    """
    by.require(Act.CHOOSE_PORTRAITS, author)
    wait_for_turn(db.session.connection())
    picture = ready_picture(picture_id)
    if author.portrait_id == picture.id:
        return
    _change(author, picture)
    record(Verb.CHOOSE_PORTRAIT, "author", author.id, by=by, note=picture.short_name)


def remove_portrait(author: Author, *, by: Actor) -> None:
    """Show the author without a portrait. The picture stays in the library. Raises `NotAllowed`."""
    by.require(Act.CHOOSE_PORTRAITS, author)
    wait_for_turn(db.session.connection())
    if author.portrait_id is None:
        return
    _change(author, None)
    record(Verb.REMOVE_PORTRAIT, "author", author.id, by=by)


def _change(author: Author, picture: Picture | None) -> None:
    note_use(picture, author.portrait_id)
    author.portrait_id = picture.id if picture else None
    db.session.flush()
    replace_portrait(author.id, _stems(picture))
    raise_edition(f"portrait of author {author.id}")


def portrayed_by(picture_id: int) -> Sequence[Author]:
    """The authors whose portrait is this picture, by name."""
    found = select(Author).where(Author.portrait_id == picture_id).order_by(Author.name)
    return db.session.scalars(found).all()


def picture_changed(picture_id: int) -> None:
    """Have readers get the present files of a portrait.

    `create_app` connects this to the signal with this name.
    """
    for author in portrayed_by(picture_id):
        replace_portrait(author.id, _stems(db.session.get(Picture, picture_id)))


def picture_described(picture_id: int) -> None:
    """Have the pages made again that show the words about a portrait.

    `create_app` connects this to the signal with this name.
    """
    if portrayed_by(picture_id):
        raise_edition(f"describe picture {picture_id}")


def _stems(picture: Picture | None) -> tuple[str, ...]:
    return picture.stems if picture else ()


def wrongly_noted() -> Iterator[tuple[Author, tuple[str, ...]]]:
    """The authors of whose portrait other files are noted than it has, each with the right ones."""
    has_rows = select(ShownPortrait.author_id).where(ShownPortrait.author_id == Author.id).exists()
    found = select(Author).where(or_(Author.portrait_id.is_not(None), has_rows)).order_by(Author.id)
    for author in db.session.scalars(found).all():
        right = _stems(db.session.get(Picture, author.portrait_id) if author.portrait_id else None)
        held = select(ShownPortrait.stem).where(ShownPortrait.author_id == author.id)
        if set(right) != set(db.session.scalars(held)):
            yield author, right


def rebuild_portraits() -> None:
    """Note the files of all portraits anew."""
    for author, right in wrongly_noted():
        replace_portrait(author.id, right)
