"""The picture library: listing, adding and describing pictures, and showing their files to the newsroom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Blueprint, current_app, jsonify, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.core.addresses import receives_files
from app.core.characters import clean
from app.core.db import LARGEST_ID, db, transaction
from app.core.errors import NotFound, NotReady
from app.core.messages import say
from app.live.shown_pictures import is_shown_live
from app.media.actions import add_photograph, describe
from app.media.copies import own_copy
from app.media.development import take_in
from app.media.library import Library, PictureFilters, Show
from app.media.models import Picture
from app.media.renditions import NORMAL, SQUARE, WIDE, PictureFile, StoredPicture
from app.media.rights import said_of_rights, today
from app.media.serving import picture_file
from app.media.store import MediaAway
from app.media.written import written_texts
from app.newsroom.forms.pictures import AddPicturesForm, PictureForm
from app.newsroom.forms.story import row_id
from app.newsroom.pages.picture_library import PictureLibrary
from app.newsroom.pages.rendering import render
from app.newsroom.picture_uses import uses_of

bp = Blueprint("pictures", __name__, url_prefix="/pictures")
receives_files(bp)

_CROPS: dict[str, Callable[[StoredPicture], PictureFile]] = {
    "thumbnail": lambda stored: stored.thumbnail,
    "whole": lambda stored: stored.whole,
    "square": lambda stored: stored.file(SQUARE),
    "normal": lambda stored: stored.file(NORMAL),
    "wide": lambda stored: stored.file(WIDE),
    "portrait": lambda stored: stored.portrait,
}
MOST_AT_ONCE = 20
Page = str | tuple[str, int] | Response


@bp.get("")
@needs(Act.DESCRIBE_PICTURES)
def index() -> Page:
    """The library, filtered as the URL says."""
    return _library_page(AddPicturesForm())


def _library_page(form: AddPicturesForm, status: int = 200) -> Page:
    filters = _asked_filters()
    library = Library(person(), today(), is_shown_live())
    shown = PictureLibrary(
        library.page(filters), filters, library.counts(), library.contributors(), library.day
    )
    page = render("newsroom/pictures/list.html", library=shown, form=form)
    return page, status


def _asked_filters() -> PictureFilters:
    asked = request.args
    return PictureFilters(
        show=next((show for show in Show if show.value == asked.get("show")), Show.ALL),
        words=clean(asked.get("words", "")).strip()[:200],
        added_by=asked.get("by", type=row_id),
        before=asked.get("before", type=row_id),
    )


@bp.post("")
@needs(Act.ADD_PICTURES)
def add() -> Page:
    """Add the files that were sent. One that cannot be shown is named, and the others are kept."""
    form = AddPicturesForm()
    files = sent_files()
    if not form.validate() or not files or len(files) > MOST_AT_ONCE:
        form.files.errors = [f"Choose one picture or more, {MOST_AT_ONCE} at most."]
        return _library_page(form, 422)
    added, refused = add_each(files)
    if refused:
        form.files.errors = refused
        if added:
            form.files.errors.insert(0, _said(added))
        return _library_page(form, 422)
    say(_said(added))
    if len(added) == 1:
        return redirect(url_for("newsroom.pictures.show", picture_id=added[0]), 303)
    return redirect(url_for("newsroom.pictures.index"), 303)


@bp.post("/files")
@needs(Act.ADD_PICTURES)
def receive() -> tuple[Response, int]:
    """Add the one file that the script sends, which shows the answer beside it."""
    files = sent_files()
    if len(files) != 1:
        raise NotReady("Send one file.")
    number = _add_one(files[0])
    address = url_for("newsroom.pictures.show", picture_id=number)
    return jsonify(id=number, address=address), 201


def sent_files() -> list[FileStorage]:
    """The files of the form under way. A browser sends an empty one when none was chosen."""
    return [file for file in request.files.getlist("files") if file.filename or file.content_length]


def add_each(files: Sequence[FileStorage]) -> tuple[list[int], list[str]]:
    """The ids of the pictures that were added, and a sentence for each file that was refused."""
    added, refused = [], []
    for file in files:
        try:
            added.append(_add_one(file))
        except (NotReady, MediaAway) as error:
            if isinstance(error, MediaAway) and not added:
                raise
            refused.append(f"{name_of(file) or 'A file'}: {error}")
    return added, refused


def _add_one(file: FileStorage) -> int:
    db.session.rollback()  # no transaction stays open while the file is looked at
    instance: Path = current_app.config["STET"].instance
    data = file.stream.read()
    taken, found = take_in(data, instance)
    photograph = own_copy(taken, data, instance, by=person())
    texts = written_texts(found)
    with transaction():
        return add_photograph(photograph, texts, instance, file_name=name_of(file), by=person()).id


def name_of(file: FileStorage) -> str:
    """The last part of the name that was sent, fit to be shown."""
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return clean(last).strip()[:200]


def _said(added: Sequence[int]) -> str:
    if len(added) == 1:
        return "The picture is in the library. Say what it shows, and who made it."
    return f"{len(added)} pictures are in the library."


@bp.get("/<int:picture_id>")
@needs(Act.DESCRIBE_PICTURES)
def show(picture_id: int) -> Page:
    """One picture: its texts, and where it is used."""
    picture = seen_picture(picture_id)
    return picture_page(picture, PictureForm.of(picture))


def picture_page(picture: Picture, form: PictureForm, status: int = 200, refused: str = "") -> Page:
    """The page of one picture. `refused` says why an act on it was refused just now."""
    page = render(
        "newsroom/pictures/show.html",
        picture=picture,
        form=form,
        uses=uses_of(picture, person()),
        may_crop=person().may(Act.CROP_PICTURES, picture) and picture.recipe > 0,
        may_replace=person().may(Act.REPLACE_PICTURES, picture),
        may_delete=person().may(Act.DELETE_PICTURES, picture),
        refused=refused,
        rights=said_of_rights(picture, today()),
    )
    return page, status


def seen_picture(picture_id: int) -> Picture:
    """The picture, if the person may see it. For a contributor, those of others do not exist."""
    found = db.session.get(Picture, picture_id) if 0 < picture_id <= LARGEST_ID else None
    if found is None or not person().may(Act.DESCRIBE_PICTURES, found):
        raise NotFound("There is no such picture.")
    return found


@bp.post("/<int:picture_id>")
@needs(Act.DESCRIBE_PICTURES)
def save(picture_id: int) -> Page:
    """Change what is known of a picture."""
    form = PictureForm()
    with transaction():
        picture = seen_picture(picture_id)
        if form.validate():
            describe(picture, form.texts, by=person())
    if form.errors:
        return picture_page(seen_picture(picture_id), form, 422)
    say("What is known of the picture is saved. Stories keep the words that they have of it.")
    return redirect(url_for("newsroom.pictures.show", picture_id=picture_id), 303)


@bp.get("/<int:picture_id>/<any(thumbnail, whole, square, normal, wide, portrait):crop>")
@needs(Act.DESCRIBE_PICTURES)
def file(picture_id: int, crop: str) -> Response:
    """The file of a picture in one crop, whether it is live or not."""
    picture = seen_picture(picture_id)
    if picture.is_being_made or picture.problem:
        raise NotFound("The sizes of this picture are not made yet.")
    found = _CROPS[crop](picture.stored)
    instance: Path = current_app.config["STET"].instance
    return picture_file(instance, found.url.rpartition("/")[2])
