"""Opens and develops a picture in a separate process, so that a decompression bomb can harm nothing else.

Run by its path, apart from the application and its settings (`media/development` does):
`darkroom.py look FILE` prints as JSON what kind of picture it is, and what is written in it;
`darkroom.py develop FILE FOLDER RENDITIONS` writes what RENDITIONS (JSON) asks for into FOLDER.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image, ImageFile

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000
TOO_LARGE = 3  # exit code: the picture needs more memory than it may have

_MEMORY = 768 * 1024 * 1024
_CPU_SECONDS = 10
_LARGEST_FILE = 32 * 1024 * 1024
_SIDEWAYS = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height
_ENCODED: dict[str, tuple[str, dict[str, Any]]] = {
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
}

_LONGEST_TEXT = 2000  # characters of one text that is read out of a file
# IPTC datasets of record 2, and the EXIF tag that is read where they are empty.
_WRITTEN: dict[str, tuple[tuple[int, ...], int]] = {
    "caption": ((120,), 0x010E),
    "credit": ((110,), 0),
    "byline": ((80,), 0x013B),
    "rights": ((116,), 0x8298),
    "place": ((90, 101), 0),
}

Size = tuple[int, int]
Job = dict[str, Any]
"""One rendition: `name`, `ratio` (across and down, or null), `width` and `height` in pixels."""


def confine() -> None:
    """Limit what this process may use. Call it before Pillow is loaded."""
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing too much is then an ordinary error


def look(path: str) -> dict[str, Any]:
    """Format, upright size and texts, from the header of the file.

    A file with too many pixels is not decoded.
    """
    with _opened(path) as picture:
        width, height = picture.size
        is_readable = width * height <= MOST_PIXELS
        if is_readable and _is_sideways(picture):
            width, height = height, width
        texts = _texts(picture) if is_readable else {}
        return {"format": picture.format, "width": width, "height": height, "texts": texts}


def _texts(picture: ImageFile.ImageFile) -> dict[str, str]:
    """What a camera or an agency has written into the file, by the name of our field.

    From IPTC (IIM 4.2), and where that is silent from EXIF 2.32. Never the place in degrees.
    """
    from PIL import IptcImagePlugin  # noqa: PLC0415

    try:
        iptc = IptcImagePlugin.getiptcinfo(picture) or {}
    except (SyntaxError, ValueError, IndexError, KeyError, TypeError):
        iptc = {}
    exif = picture.getexif()
    found: dict[str, str] = {}
    for name, (datasets, tag) in _WRITTEN.items():
        parts = [_text(iptc.get((2, dataset), b"")) for dataset in datasets]
        words = ", ".join(part for part in parts if part) or (
            _text(exif.get(tag, "")) if tag else ""
        )
        if words:
            found[name] = words[:_LONGEST_TEXT]
    return found


def _text(value: object) -> str:
    """One text of the file; the first where there are several.

    Cameras write UTF-8, which Pillow reads as Latin-1 in EXIF. Older programs write Latin-1.
    """
    first = value[0] if isinstance(value, list) and value else value
    written = first.encode("latin-1", "replace") if isinstance(first, str) else first
    if not isinstance(written, bytes):
        return ""
    text = written.decode("utf-8", "replace")
    text = written.decode("latin-1") if "\ufffd" in text else text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def develop(path: str, folder: str, jobs: list[Job]) -> None:
    """Decode the whole file, so that a damaged file is found now, and write every rendition."""
    with _opened(path) as picture:
        whole = picture.size[::-1] if _is_sideways(picture) else picture.size
        negative = _upright_in_srgb(picture, _needed(whole, jobs))
    for job in jobs:
        _write(_cropped(negative, job), Path(folder, job["name"]))


def _opened(path: str) -> ImageFile.ImageFile:
    from PIL import Image  # noqa: PLC0415  # only ever loaded inside the confined process

    Image.MAX_IMAGE_PIXELS = None  # judged by `MOST_PIXELS`
    return Image.open(path, formats=FORMATS)


def _is_sideways(picture: Image.Image) -> bool:
    return picture.getexif().get(0x0112) in _SIDEWAYS


def _needed(whole: Size, jobs: list[Job]) -> Size:
    """The size that the upright picture needs for its largest rendition."""
    width, height = whole
    scale = max(max(job["width"] / width, job["height"] / height) for job in jobs)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _upright_in_srgb(picture: Image.Image, needed: Size) -> Image.Image:
    """The picture upright, in sRGB, small enough to work with, and without metadata."""
    from PIL import ImageOps  # noqa: PLC0415

    if picture.width * picture.height > MOST_PIXELS:
        raise SystemExit(TOO_LARGE)
    lying = needed[::-1] if _is_sideways(picture) else needed
    picture.draft(None, lying)
    small = _shrunk(_plain(picture), lying)
    ImageOps.exif_transpose(small, in_place=True)
    upright = _in_srgb(small)
    upright.info.clear()
    return upright


def _plain(picture: Image.Image) -> Image.Image:
    """Converted to a mode whose pixels can be averaged: no palette, eight bits for each colour."""
    picture.load()
    if picture.mode.startswith("I"):  # 16-bit grey; a plain conversion would turn most of it white
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def _shrunk(picture: Image.Image, needed: Size) -> Image.Image:
    """Reduced to at least twice the needed size, so that the following steps need little memory."""
    factor = min(picture.width // (2 * needed[0]), picture.height // (2 * needed[1]))
    if factor < 2:
        return picture
    small = picture.reduce(factor)
    small.info = dict(picture.info)
    return small


def _in_srgb(picture: Image.Image) -> Image.Image:
    from PIL import ImageCms  # noqa: PLC0415

    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, given, srgb, outputMode=mode)
            return converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # ignore a profile that does not fit the picture
    return picture.convert(mode)


def _cropped(picture: Image.Image, job: Job) -> Image.Image:
    """Cropped to the rendition's ratio around the centre, and resized."""
    width, height = picture.size
    across, down = job["ratio"] or (width, height)
    cut_width = min(width, height * across / down)
    cut_height = min(height, width * down / across)
    left, top = (width - cut_width) / 2, (height - cut_height) / 2
    box = (left, top, left + cut_width, top + cut_height)
    return picture.resize((job["width"], job["height"]), box=box, reducing_gap=3)


def _write(picture: Image.Image, path: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    kind, options = _ENCODED[path.suffix[1:]]
    if kind == "JPEG" and picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture)
        picture = paper
    picture.save(path, kind, **options)


if __name__ == "__main__":
    confine()
    try:
        if sys.argv[1] == "look":
            print(json.dumps(look(sys.argv[2])))
        else:
            develop(sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))
    except MemoryError:
        sys.exit(TOO_LARGE)
