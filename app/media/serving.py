"""Sends the file of a picture. The public address and the newsroom's own decide who may have it."""

from __future__ import annotations

from pathlib import Path

from flask import Response, send_from_directory

from app.core.errors import NotFound
from app.media.storage import folder

# An SVG drawing that is opened directly is a document: it may use its own styles, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def picture_file(instance: Path, name: str) -> Response:
    """The file with this name, which `is_public` has found right. Raises `NotFound` if there is none."""
    if not (folder(instance) / name).is_file():
        raise NotFound
    response = send_from_directory(folder(instance), name)
    response.headers["Content-Security-Policy"] = _POLICY
    return response
