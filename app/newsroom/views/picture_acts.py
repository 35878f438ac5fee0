"""What is done to one picture of the library beside describing it: deleting it."""

from __future__ import annotations

from flask import redirect, url_for

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.actions import delete_picture
from app.core.db import transaction
from app.core.errors import Conflict
from app.core.messages import say
from app.newsroom.forms.pictures import PictureForm
from app.newsroom.views.picture_library import Page, bp, picture_page, seen_picture

__all__ = ["bp"]


@bp.post("/<int:picture_id>/delete")
@needs(Act.DELETE_PICTURES)
def delete(picture_id: int) -> Page:
    """Delete a picture that no story uses. Where one does, the page says which."""
    try:
        with transaction():
            picture = seen_picture(picture_id)
            name = picture.name
            delete_picture(picture, by=person())
    except Conflict as error:
        picture = seen_picture(picture_id)
        return picture_page(picture, PictureForm.of(picture), 409, refused=str(error))
    say(f"“{name}” is deleted, with its files.")
    return redirect(url_for("newsroom.pictures.index"), 303)


@bp.get("/<int:picture_id>/delete")
@needs(Act.DESCRIBE_PICTURES)
def reopen(picture_id: int) -> Page:
    """The address that a refused act leaves in the browser leads back to the picture."""
    return redirect(url_for("newsroom.pictures.show", picture_id=seen_picture(picture_id).id), 303)
