"""Serves the pictures that live stories show, at `/media/<key>`. A picture that none of them shows is gone.

A key is made from the bytes of the file, so that what is served at an address never changes.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, g

from app.core.addresses import files
from app.core.db import unavailable_named
from app.core.errors import NotFound, Unavailable
from app.live.shown_pictures import is_shown
from app.media.hidden import is_hidden
from app.media.renditions import STEM_LENGTH
from app.media.serving import picture_file
from app.media.storage import is_public

bp = Blueprint("media", __name__, url_prefix="/media")
files(bp)

FOR_GOOD = "public, max-age=31536000, immutable"
# A CDN (RFC 9213) asks again after ten minutes, because the picture may be gone.
FOR_NETWORKS = "public, max-age=600"


@bp.get("/<key>")
def file(key: str) -> Response:
    """The file of one picture.

    Raises `NotFound` for a name that no picture has. A picture that no live story shows is answered with 410,
    whether there is such a file or not: nobody learns what drafts hold.
    """
    if not is_public(key):
        raise NotFound
    if not _may_be_seen(key[:STEM_LENGTH]):
        abort(410)
    response = picture_file(current_app.config["STET"].instance, key)
    response.headers["Cache-Control"] = FOR_GOOD
    response.headers["CDN-Cache-Control"] = FOR_NETWORKS
    # Other sites show these pictures in feeds and link previews.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _may_be_seen(stem: str) -> bool:
    """Whether a live story shows it; while the database is away, whether it was not taken from readers."""
    if current_app.extensions["edition_watch"].number() is not None:
        try:
            with unavailable_named():
                return is_shown(stem)
        except Unavailable:
            pass  # it was lost between the two questions
    g.database_is_lost = True
    return not is_hidden(stem)
