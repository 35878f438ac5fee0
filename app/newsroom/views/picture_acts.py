"""What is done to one picture of the library beside describing it: its crops, its file, and deleting it."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, redirect, url_for
from werkzeug.datastructures import FileStorage

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.actions import delete_picture
from app.core.db import db, transaction
from app.core.errors import Conflict, NotReady
from app.core.messages import say
from app.core.web import status_of
from app.media.actions import replace_file, set_focus
from app.media.development import take_in_developed
from app.newsroom.forms.pictures import FocusForm, PictureForm, ReplacementForm
from app.newsroom.views.picture_library import Page, bp, name_of, picture_page, seen_picture

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
        return picture_page(
            picture, PictureForm(formdata=None, obj=picture), 409, refused=str(error)
        )
    say(f"“{name}” is deleted, with its files.")
    return redirect(url_for("newsroom.pictures.index"), 303)


@bp.post("/<int:picture_id>/file")
@needs(Act.REPLACE_PICTURES)
def replace(picture_id: int) -> Page:
    """Give a picture another file. What is known of it stays, and has to be looked through."""
    seen_picture(picture_id)
    form = ReplacementForm()
    try:
        if not form.validate() or not form.file.data:
            raise NotReady("Choose a file.")
        _replace(picture_id, form.file.data)
    except (Conflict, NotReady) as error:
        picture = seen_picture(picture_id)
        described = PictureForm(formdata=None, obj=picture)
        return picture_page(picture, described, status_of(error), refused=str(error))
    say("The file is replaced. Look whether the description, caption and credit still fit it.")
    return redirect(url_for("newsroom.pictures.show", picture_id=picture_id), 303)


def _replace(picture_id: int, file: FileStorage) -> None:
    db.session.rollback()  # no transaction stays open while the file is developed
    instance: Path = current_app.config["STET"].instance
    photograph = take_in_developed(file.stream.read(), instance)
    with transaction():
        picture = seen_picture(picture_id)
        replace_file(picture, photograph, instance, file_name=name_of(file), by=person())


@bp.post("/<int:picture_id>/focus")
@needs(Act.CROP_PICTURES)
def focus(picture_id: int) -> Page:
    """Choose the point that crops keep in view."""
    form = FocusForm()
    if not form.validate():
        picture = seen_picture(picture_id)
        described = PictureForm(formdata=None, obj=picture)
        sentence = "Across and down are numbers from 0 to 100."
        return picture_page(picture, described, 422, refused=sentence)
    with transaction():
        set_focus(seen_picture(picture_id), form.focus, by=person())
    say("The crops are made anew. Readers see them in some seconds.")
    return redirect(url_for("newsroom.pictures.show", picture_id=picture_id), 303)


@bp.get("/<int:picture_id>/focus")
@bp.get("/<int:picture_id>/file")
@bp.get("/<int:picture_id>/delete")
@needs(Act.DESCRIBE_PICTURES)
def reopen(picture_id: int) -> Page:
    """The address that a refused act leaves in the browser leads back to the picture."""
    return redirect(url_for("newsroom.pictures.show", picture_id=seen_picture(picture_id).id), 303)
