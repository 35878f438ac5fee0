"""Stores pictures with their texts (caption, credit, description) and renditions.

Files are written before the row. So a failure can leave files without a row, but never a row without its
files.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock, outbox
from app.core.db import db
from app.core.edition import raise_edition, wait_for_turn
from app.core.errors import Conflict, NotAllowed
from app.core.events import picture_changed, picture_described
from app.media.development import Photograph
from app.media.focus import MIDDLE, Focus
from app.media.models import PICTURE_WORDS, Picture
from app.media.placeholder import HEIGHT, WIDTH, draw
from app.media.queries import picture_of, picture_with_key
from app.media.renditions import RECIPE
from app.media.short_names import free_short_name
from app.media.storage import is_stored, store
from app.media.words import note_words

# The kind of outbox entry that asks for the renditions of a picture; its key is the picture's id.
RENDITIONS = "renditions"
# The kind that asks for the files of a deleted picture to be removed; its key is that of the picture.
REMOVAL = "picture removal"
_ONCE_MORE = "The file could not be stored at this moment. Send it again."


@dataclass(frozen=True)
class PictureTexts:
    """The texts of a picture for every use, unless a story has its own."""

    caption: str
    credit: str
    alt: str
    byline: str = ""
    place: str = ""
    source: str = ""
    rights: str = ""
    territories: str = ""
    expires_on: date | None = None
    taken_on: date | None = None


def add_photograph(
    photograph: Photograph, words: PictureTexts, instance: Path, *, file_name: str, by: Actor
) -> Picture:
    """The picture for an original that `development.take_in` has stored before the transaction.

    The same file is one picture for all who may see it; for others `media.copies.own_copy` has made a copy.
    The renditions are made after the answer. Raises `Conflict` if somebody else has just sent or deleted the
    same file.
    """
    by.require(Act.ADD_PICTURES, None)
    wait_for_turn(db.session.connection())
    held = picture_with_key(photograph.key)
    if held is not None:
        _require_seen(held, by)
        return held
    if not is_stored(photograph.key, instance):  # it was removed with another picture
        raise Conflict(_ONCE_MORE)
    picture = _kept(Picture(**asdict(photograph), file_name=file_name), words, by)
    want_renditions(picture)
    return picture


def _require_seen(picture: Picture, by: Actor) -> None:
    try:
        by.require(Act.DESCRIBE_PICTURES, picture)
    except NotAllowed:
        raise Conflict(_ONCE_MORE) from None


def want_renditions(picture: Picture) -> None:
    """Have a server process make the renditions of a picture after the commit."""
    picture.wanted_at = clock.now()
    outbox.put(RENDITIONS, {str(picture.id): {}}, picture.wanted_at)


def describe(picture: Picture, words: PictureTexts, *, by: Actor) -> None:
    """Change the texts of a picture. Stories keep the texts that they have of it.

    Raises `NotAllowed`.
    """
    by.require(Act.DESCRIBE_PICTURES, picture)
    picture_described.send_in_transaction(picture.id)
    for name, value in asdict(words).items():
        setattr(picture, name, value)
    note_words(picture)
    record(Verb.DESCRIBE, "picture", picture.id, by=by)


def replace_file(
    picture: Picture, photograph: Photograph, instance: Path, *, file_name: str, by: Actor
) -> None:
    """Give a picture another file, which every page that shows the picture shows from now on.

    `development.develop_file` has stored the file and its renditions before the transaction. The texts stay,
    and the former files are removed. Raises `NotAllowed`, and `Conflict` if a picture has this file already.
    """
    by.require(Act.REPLACE_PICTURES, picture)
    wait_for_turn(db.session.connection())
    if held := picture_with_key(photograph.key):
        same = "has this file already" if held is picture else "in the library has this file"
        raise Conflict(f"Picture {held.short_name} {same}.")
    if not is_stored(photograph.key, instance):
        raise Conflict(_ONCE_MORE)
    record(Verb.REPLACE, "picture", picture.id, by=by, note=f"{picture.file_name} → {file_name}")
    _remove_files(picture)
    for name, value in asdict(photograph).items():
        setattr(picture, name, value)
    picture.file_name = file_name
    picture.focus_x, picture.focus_y = MIDDLE
    note_words(picture)
    _have_renditions(picture, MIDDLE.crop)


def set_focus(picture: Picture, focus: Focus, *, by: Actor) -> None:
    """Have the crops of a picture keep `focus` in view. They are made after the answer, and then shown.

    Raises `NotAllowed`.
    """
    by.require(Act.CROP_PICTURES, picture)
    if picture.focus == focus:
        return
    picture.focus_x, picture.focus_y = focus
    record(Verb.CROP, "picture", picture.id, by=by, note=f"{focus.x} %, {focus.y} %")
    want_renditions(picture)


def _have_renditions(picture: Picture, crop: str) -> None:
    """Note that the renditions of a picture are made with this crop, and have pages show them."""
    picture.recipe, picture.crop, picture.problem = RECIPE, crop, ""
    if picture.focus.crop == crop:  # nobody has chosen another focus meanwhile
        picture.wanted_at = None
    picture_changed.send_in_transaction(picture.id)
    raise_edition(f"develop picture {picture.id}")


def remove_picture(picture: Picture) -> None:
    """Delete the row of a picture, and its files after the commit (`media/removal_job`).

    `articles.actions.delete_picture` decides whether that is allowed.
    """
    _remove_files(picture)
    PICTURE_WORDS.remove(picture.id)
    db.session.delete(picture)
    db.session.flush()


def _remove_files(picture: Picture) -> None:
    made = {"width": picture.width, "height": picture.height, "crop": picture.crop}
    outbox.put(REMOVAL, {picture.key: made}, clock.now())


def renditions_failed(picture: Picture, problem: str) -> None:
    """Note why the renditions of a picture cannot be made."""
    picture.problem, picture.wanted_at = problem, None


def keep_photograph(photograph: Photograph, words: PictureTexts, *, by: Actor) -> Picture:
    """The picture for `photograph`: a new one, or the one that was made from the same file before.

    `media.development.develop_file` makes the photograph before the transaction.
    """
    by.require(Act.ADD_PICTURES, None)
    held = picture_with_key(photograph.key)
    return held or _kept(Picture(**asdict(photograph), recipe=RECIPE), words, by)


def store_placeholder(seed: str, words: PictureTexts, instance: Path, *, by: Actor) -> Picture:
    """Store a drawing that depends only on `seed`, for a story whose photograph is not included."""
    by.require(Act.ADD_PICTURES, None)
    data = draw(seed).encode()
    return picture_of(data) or _kept(_drawn(data, instance), words, by)


def renew_renditions(picture: Picture, crop: str, *, by: Actor) -> None:
    """Note that a picture has new renditions, made with this crop.

    They take seconds, so they are stored before the transaction in which this is called. Live stories with
    the picture in their text are printed again.
    """
    by.require(Act.REVISE_PICTURES, picture)
    record(Verb.DEVELOP, "picture", picture.id, by=by)
    _have_renditions(picture, crop)


def _drawn(data: bytes, instance: Path) -> Picture:
    key = store(data, "svg", instance)
    return Picture(key=key, media_type="image/svg+xml", width=WIDTH, height=HEIGHT, size=len(data))


def _kept(picture: Picture, words: PictureTexts, by: Actor) -> Picture:
    for name, value in asdict(words).items():
        setattr(picture, name, value)
    picture.short_name = free_short_name(
        picture.caption, picture.file_name or "", picture.key, by=by
    )
    picture.added_by_id, picture.created_at = by.id, clock.now()
    db.session.add(picture)
    db.session.flush()
    note_words(picture)
    record(Verb.STORE, "picture", picture.id, by=by)
    return picture
