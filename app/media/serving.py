"""Sends the file of a picture. The public address and the newsroom's own decide who may have it."""

from __future__ import annotations

from io import BytesIO
from mimetypes import guess_type
from pathlib import Path

from flask import Response, send_file

from app.core.errors import NotFound
from app.media.storage import media_store

# An SVG drawing that is opened directly is a document: it may use its own styles, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def picture_file(instance: Path, name: str) -> Response:
    """The file with this name, which `is_public` has found right. Raises `NotFound` if there is none.

    Raises `MediaAway` for a file of which this machine has no copy while the store is away.
    """
    found = media_store(instance).copy_for_sending(name)
    if found is None:
        raise NotFound
    file = BytesIO(found) if isinstance(found, bytes) else found
    try:
        response = send_file(file, mimetype=guess_type(name)[0], download_name=name)
    except FileNotFoundError:  # it was removed just now
        raise NotFound from None
    response.headers["Content-Security-Policy"] = _POLICY
    return response
