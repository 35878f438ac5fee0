"""Serves stored pictures to everybody at `/media/<key>`.

A key is made from the bytes of the file, so the response at an address never changes and can be cached for
ever.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, send_from_directory

from app.core.addresses import files
from app.core.errors import NotFound
from app.media.storage import folder, is_public

bp = Blueprint("media", __name__, url_prefix="/media")
files(bp)

FOR_GOOD = "public, max-age=31536000, immutable"
# An SVG drawing that is opened directly is a document: it may use its own styles, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/<key>")
def file(key: str) -> Response:
    """The file of one picture. Raises `NotFound` for an unknown name."""
    settings = current_app.config["STET"]
    if not is_public(key) or not (folder(settings.instance) / key).is_file():
        raise NotFound
    response = send_from_directory(folder(settings.instance), key)
    response.headers["Cache-Control"] = FOR_GOOD
    response.headers["Content-Security-Policy"] = _POLICY
    # Other sites show these pictures in feeds and link previews.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
