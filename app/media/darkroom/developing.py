"""Makes the renditions of a picture: upright, in sRGB, cropped, and without what was written in the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from .limits import MOST_PIXELS, TOO_LARGE
from .opening import is_sideways, opened, orientation_of

_JPEG = {"quality": 82, "optimize": True, "progressive": True}
# WebP gets the first of these qualities with which it is light enough. Where there is much detail, less of
# it is missed: photographs kept a structural similarity (SSIM) of 0.96 with the last.
_QUALITIES = (78, 70, 62)
_HEAVY = (
    60 * 1024 / (840 * 472)
)  # bytes for a pixel: 60 KB for what a phone of 390 pixels at two gets
_SMALL = 700  # pixels across, below which a file is light in any case
# What turns a picture upright, by its EXIF orientation.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Size = tuple[int, int]
Job = dict[str, Any]
"""One rendition: `name`, `ratio` (across and down, or null), `width` and `height` in pixels, and `focus`, the
point that crops keep in view, in percent across and down."""


def develop(path: str, folder: str, jobs: list[Job]) -> None:
    """Decode the whole file, so that a damaged file is found now, and write every rendition."""
    with opened(path) as picture:
        whole = picture.size[::-1] if is_sideways(picture) else picture.size
        negative = _upright_in_srgb(picture, _needed(whole, jobs))
    for job in jobs:
        _write(_cropped(negative, job), Path(folder, job["name"]))


def _needed(whole: Size, jobs: list[Job]) -> Size:
    """The size that the upright picture needs for its largest rendition."""
    width, height = whole
    scale = max(max(job["width"] / width, job["height"] / height) for job in jobs)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _upright_in_srgb(picture: Image.Image, needed: Size) -> Image.Image:
    """The picture upright, in sRGB, small enough to work with, and without metadata."""
    if picture.width * picture.height > MOST_PIXELS:
        raise SystemExit(TOO_LARGE)
    lying = needed[::-1] if is_sideways(picture) else needed
    picture.draft(None, lying)
    small = _shrunk(_plain(picture), lying)
    turn = _TURNS.get(orientation_of(picture))
    upright = _in_srgb(small if turn is None else small.transpose(turn))
    upright.info.clear()
    return upright


def _plain(picture: Image.Image) -> Image.Image:
    """Converted to a mode whose pixels can be averaged: no palette, eight bits for each colour."""
    picture.load()
    if picture.mode.startswith("I"):  # 16-bit grey; a plain conversion would turn most of it white
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "L" and "transparency" in picture.info:
        return picture.convert("LA")
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
    if picture.mode == "LA":  # profiles of grey know no holes
        shown = _in_srgb(picture.convert("L"))
        shown.putalpha(picture.getchannel("A"))
        return shown
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
    """Cropped to the rendition's ratio so that the focus stays in view, and resized."""
    width, height = picture.size
    across, down = job["ratio"] or (width, height)
    cut_width = min(width, height * across / down)
    cut_height = min(height, width * down / across)
    x, y = job["focus"]
    left, top = (width - cut_width) * x / 100, (height - cut_height) * y / 100
    box = (left, top, left + cut_width, top + cut_height)
    return picture.resize((job["width"], job["height"]), box=box, reducing_gap=3)


def _write(picture: Image.Image, path: Path) -> None:
    if path.suffix == ".webp":
        path.write_bytes(_webp(picture))
        return
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture)
        picture = paper
    picture.save(path, "JPEG", **_JPEG)


def _webp(picture: Image.Image) -> bytes:
    data = b""
    for quality in _QUALITIES:
        file = BytesIO()
        picture.save(file, "WEBP", quality=quality, method=4)
        data = file.getvalue()
        if picture.width < _SMALL or len(data) <= _HEAVY * picture.width * picture.height:
            break
    return data
