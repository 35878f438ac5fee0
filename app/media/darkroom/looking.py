"""Says what a picture file is, from its header."""

from __future__ import annotations

from typing import Any

from PIL import Image

from .credentials import read_credentials
from .limits import MOST_PIXELS
from .opening import format_of, is_sideways, opened
from .written import texts


def look(path: str) -> dict[str, Any]:
    """Format, upright size and texts of the file. One with too many pixels is not decoded."""
    with opened(path) as picture:
        width, height = picture.size
        is_readable = width * height <= MOST_PIXELS
        if is_readable and is_sideways(picture):
            width, height = height, width
        media_type = Image.MIME.get(format_of(picture), "")
        return {
            "format": format_of(picture),
            "width": width,
            "height": height,
            "texts": texts(picture) if is_readable else {},
            "credentials": read_credentials(path, media_type) if is_readable else {},
        }
