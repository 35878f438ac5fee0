"""Judging a picture's file in a process of its own, where a decompression bomb can only harm itself.

Run as `python -m app.media.inspect FILE`: prints `FORMAT WIDTH HEIGHT`, or ends with a sentence on stderr.
`inspected` is what the application calls.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import NotReady

FORMATS = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
}
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
_MEMORY = 512 * 1024 * 1024
_CPU_SECONDS = 5


@dataclass(frozen=True)
class Inspected:
    """What is known of a file that can be shown: `ending` for its name, sizes in pixels."""

    ending: str
    media_type: str
    width: int
    height: int


def inspected(path: Path) -> Inspected:
    """What the picture in `path` is; raises `NotReady` for a file that is none or is too large."""
    if not path.is_file():
        raise NotReady(f"There is no file {path}.")
    if path.stat().st_size > MOST_BYTES:
        raise NotReady(f"The picture is too large: the limit is {MOST_BYTES // 1024**2} MB.")
    command = [sys.executable, "-m", "app.media.inspect", str(path.resolve())]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotReady(
            "This file is not a picture that can be shown: JPEG, PNG or WebP."
        ) from error
    kind, width, height = found.stdout.split()
    ending, media_type = FORMATS[kind]
    return Inspected(ending, media_type, int(width), int(height))


def _look(path: str) -> str:
    """Decode the whole file under limits on memory and time, so that a broken one is found now."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # only ever loaded inside the limited process

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(path, formats=tuple(FORMATS)) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(picture)
        return f"{picture.format} {upright.width} {upright.height}"


if __name__ == "__main__":
    print(_look(sys.argv[1]))
