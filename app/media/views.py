"""Serves stored pictures to everybody at `/media/<key>`.

A key is made from its file's bytes, so the answer at an address never changes and may be kept for
good.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, send_from_directory

from app.core.addresses import files
from app.core.errors import NotFound
from app.media.storage import folder, is_public

bp = Blueprint("media", __name__, url_prefix="/media")
files(bp)

FOR_GOOD = "public, max-age=31536000, immutable"
# A drawing opened by its own address is a document: it may style itself and do nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/<key>")
def file(key: str) -> Response:
    """The file of one picture; raises `NotFound` for a name under which none is stored."""
    settings = current_app.config["STET"]
    if not is_public(key) or not (folder(settings.instance) / key).is_file():
        raise NotFound
    response = send_from_directory(folder(settings.instance), key)
    response.headers["Cache-Control"] = FOR_GOOD
    response.headers["Content-Security-Policy"] = _POLICY
    # Feeds and cards of stories show pictures on other sites.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
