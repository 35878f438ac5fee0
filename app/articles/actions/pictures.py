"""Which pictures stories use, and deleting a picture that none of them uses."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.content import Content
from app.articles.models import UsedPicture
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core.db import db
from app.core.errors import Conflict
from app.media.actions import remove_picture
from app.media.models import Picture, SitePictures
from app.taxonomy.models import Author


def note_pictures(article_id: int, content: Content) -> None:
    """Note that a story uses the pictures of `content`, of which a revision is kept."""
    wanted = content.picture_ids
    if not wanted:
        return
    found = select(UsedPicture.picture_id).where(
        UsedPicture.article_id == article_id, UsedPicture.picture_id.in_(wanted)
    )
    if coming := wanted - set(db.session.scalars(found)):
        rows = [{"picture_id": each, "article_id": article_id} for each in sorted(coming)]
        db.session.execute(insert(UsedPicture), rows)
        counted = update(Picture).where(Picture.id.in_(coming)).values(uses=Picture.uses + 1)
        db.session.execute(counted)


def delete_picture(picture: Picture, *, by: Actor) -> None:
    """Delete a picture and its files, for good.

    Raises `NotAllowed`, and `Conflict` while a draft, a live story or a version of one uses it, or an author
    or the front has it.
    """
    by.require(Act.DELETE_PICTURES, picture)
    db.session.refresh(picture, with_for_update=True)
    used = select(UsedPicture.article_id).where(UsedPicture.picture_id == picture.id).limit(1)
    if db.session.scalar(used) is not None:
        raise Conflict(
            "This picture is used by a story or one of its versions, so it cannot be deleted."
        )
    portrayed = select(Author.id).where(Author.portrait_id == picture.id).limit(1)
    if db.session.scalar(portrayed) is not None:
        raise Conflict("This picture is the portrait of an author, so it cannot be deleted.")
    front = select(SitePictures.id).where(SitePictures.front_id == picture.id)
    if db.session.scalar(front) is not None:
        raise Conflict("This picture is the front's own, so it cannot be deleted.")
    record(Verb.DELETE, "picture", picture.id, by=by, note=picture.name)
    remove_picture(picture)
