"""Develops a picture: finds out its format and makes its renditions, in the darkroom (`media/darkroom`).

It takes seconds, so it is done before the transaction in which `media/actions` stores the picture. The server
process itself never decodes a picture.
"""

from __future__ import annotations

import codecs
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from app.core.db import require_no_transaction
from app.core.errors import NotReady
from app.media.darkroom.limits import MOST_PIXELS, TOO_LARGE
from app.media.focus import MIDDLE, Focus
from app.media.renditions import Rendition, planned, stem
from app.media.storage import store, store_all

MOST_BYTES = 20 * 1024 * 1024
_SECONDS = 60  # in real time; the darkroom limits its own processor time
_KINDS = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
    "GIF": ("gif", "image/gif"),
    "AVIF": ("avif", "image/avif"),
    "HEIF": ("heic", "image/heic"),
}
_NO_PICTURE = "This file is not a picture that can be shown: JPEG, PNG, WebP, AVIF, HEIC or GIF."
_DRAWING = (
    "SVG drawings are not taken, because they can contain scripts and look different on other devices."
    " Save it as PNG."
)
# Started by its folder, so that nothing of the application is loaded with it.
DARKROOM = (
    *(sys.executable, "-I", "-c"),
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from darkroom.main import main; main()",
    str(Path(__file__).parent),
)
_ROOM = BoundedSemaphore(2)  # darkrooms of one server process: each may take 768 MB
_TOO_HEAVY = "The picture is too large to be opened here. A smaller copy of it will do."


@dataclass(frozen=True)
class Developed:
    """The format and the upright size (in pixels) of a file, and its renditions by name."""

    ending: str
    media_type: str
    width: int
    height: int
    renditions: dict[str, bytes]
    credentials: dict[str, str] | None = None
    crop: str = ""

    def files(self, key: str) -> dict[str, bytes]:
        """The renditions by their file names. `key` is the name of the original's file."""
        start = stem(key, crop=self.crop)
        return {f"{start}-{name}": data for name, data in self.renditions.items()}


class _Look(NamedTuple):
    """What the header of a file says. `texts` are what is written in it, by the name of our field."""

    ending: str
    media_type: str
    width: int
    height: int
    texts: dict[str, str]
    credentials: dict[str, str] | None


@dataclass(frozen=True)
class Photograph:
    """A photograph whose file and renditions are in the media folder. Its row may not exist yet.

    `credentials` are as `darkroom/credentials` has read them, and None without any.
    """

    key: str
    media_type: str
    width: int
    height: int
    size: int
    credentials: dict[str, str] | None = None


def develop_file(path: Path, instance: Path) -> Photograph:
    """Develop the file at `path` and write it with its renditions to the media folder.

    Raises `NotReady` for a file that cannot be shown, and `RuntimeError` inside a transaction.
    """
    return take_in_developed(read(path), instance)


def take_in_developed(data: bytes, instance: Path) -> Photograph:
    """Write an original with its renditions to the media folder.

    Raises `NotReady` for a file that cannot be shown, and `RuntimeError` inside a transaction.
    """
    _require_size(len(data))
    found = developed(data)
    key = store(data, found.ending, instance)
    store_all(found.files(key), instance)
    size = (found.width, found.height, len(data))
    return Photograph(key, found.media_type, *size, found.credentials)


def take_in(data: bytes, instance: Path) -> tuple[Photograph, dict[str, str]]:
    """Write an original to the media folder, and return it with the texts that are written in it.

    Its renditions are made later (`media/rendering_job`). Raises `NotReady` for a file that cannot be shown.
    """
    require_no_transaction()
    _require_size(len(data))
    with TemporaryDirectory(prefix="stet-darkroom-") as folder:
        original = Path(folder, "original")
        original.write_bytes(data)
        seen = _look(original)
    key = store(data, seen.ending, instance)
    size = (seen.width, seen.height, len(data))
    return Photograph(key, seen.media_type, *size, seen.credentials), seen.texts


def read(path: Path) -> bytes:
    """The bytes of the file at `path`. Raises `NotReady` for an empty or too large file."""
    if not path.is_file():
        raise NotReady(f"There is no file {path}.")
    _require_size(path.stat().st_size)
    return path.read_bytes()


def _require_size(size: int) -> None:
    if size > MOST_BYTES:
        megabytes = -(-size // 1024**2)
        limit = MOST_BYTES // 1024**2
        raise NotReady(
            f"The picture is too large: it has {megabytes} MB, and the limit is {limit} MB."
        )


def developed(data: bytes, focus: Focus = MIDDLE) -> Developed:
    """The format, size and renditions of the picture in `data`, cropped around `focus`.

    Raises `NotReady` if it is no picture, and `RuntimeError` inside a transaction.
    """
    require_no_transaction()
    with TemporaryDirectory(prefix="stet-darkroom-") as folder:
        original = Path(folder, "original")
        original.write_bytes(data)
        seen = _look(original)
        wanted = planned(seen.width, seen.height)
        _darkroom("develop", str(original), folder, _asked(wanted, focus))
        made = {each.name: Path(folder, each.name).read_bytes() for each in wanted}
    kind = (seen.ending, seen.media_type)
    return Developed(*kind, seen.width, seen.height, made, seen.credentials, focus.crop)


def _look(original: Path) -> _Look:
    if _is_drawing(original):
        raise NotReady(_DRAWING)
    seen: dict[str, Any] = json.loads(_darkroom("look", str(original)))
    width, height = int(seen["width"]), int(seen["height"])
    if width * height > MOST_PIXELS:
        raise NotReady(
            f"The picture is too large: it has {width * height / 1e6:,.0f} million pixels, "
            f"and the limit is {MOST_PIXELS // 10**6} million."
        )
    return _Look(*_KINDS[seen["format"]], width, height, seen["texts"], seen["credentials"] or None)


def _is_drawing(original: Path) -> bool:
    """Whether it is an SVG document, judged by its beginning."""
    with original.open("rb") as file:
        start = file.read(2000).removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return start.startswith((b"<svg", b"<?xml", b"<!")) and b"<svg" in start


def _asked(wanted: tuple[Rendition, ...], focus: Focus) -> str:
    return json.dumps([{"name": each.name, "focus": focus} | each._asdict() for each in wanted])


def _darkroom(*words: str) -> str:
    """Run the darkroom without the settings and secrets of this process. Returns what it printed."""
    command = [*DARKROOM, *words]
    try:
        with _ROOM:
            done = subprocess.run(
                command,
                capture_output=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
                env={},
            )
    except subprocess.TimeoutExpired as error:
        raise NotReady(_TOO_HEAVY) from error
    if done.returncode == TOO_LARGE or done.returncode < 0:  # negative: a limit ended it
        raise NotReady(_TOO_HEAVY)
    if done.returncode:
        raise NotReady(_NO_PICTURE)
    return done.stdout
