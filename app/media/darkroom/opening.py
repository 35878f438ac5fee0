"""Opens a picture file with no other decoders than the few that photographs need."""

from __future__ import annotations

from PIL import AvifImagePlugin, Image, ImageFile

from .limits import THREADS

_BOXES = b"ftyp"  # at the fifth byte of an ISO base media file, as AVIF and HEIC are
_PLAIN = ("JPEG", "PNG", "GIF", "WEBP")
_SIDEWAYS = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height


def opened(path: str) -> ImageFile.ImageFile:
    """The picture at `path`, not decoded yet. Of several frames, the first."""
    Image.MAX_IMAGE_PIXELS = None  # judged by `MOST_PIXELS`
    with open(path, "rb") as file:
        is_boxes = file.read(8)[4:] == _BOXES
    return Image.open(path, formats=_boxed() if is_boxes else _PLAIN)


def _boxed() -> tuple[str, ...]:
    """The formats in boxes. Only for these the decoder of HEIC is loaded."""
    import pillow_heif  # noqa: PLC0415  # slow to load, and most pictures are JPEG

    pillow_heif.options.DECODE_THREADS = AvifImagePlugin.DEFAULT_MAX_THREADS = THREADS
    pillow_heif.register_heif_opener()
    return ("AVIF", "HEIF")


def format_of(picture: ImageFile.ImageFile) -> str:
    """Pillow's name of its format. A JPEG with a second picture for depth or brightness is a JPEG."""
    return "JPEG" if picture.format == "MPO" else picture.format or ""


def orientation_of(picture: Image.Image) -> int:
    """How the picture lies, as EXIF 2.32 numbers it: 1, upright, where nothing is said that can be read."""
    try:
        number = picture.getexif().get(0x0112)
    except Exception:  # damaged metadata, which readers of EXIF report in many ways
        return 1
    return number if isinstance(number, int) and 1 <= number <= 8 else 1


def is_sideways(picture: Image.Image) -> bool:
    """Whether width and height are swapped when the picture is turned upright."""
    return orientation_of(picture) in _SIDEWAYS
