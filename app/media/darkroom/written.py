"""Reads what a camera, an editor or an agency has written into a picture file: never a place in degrees."""

from __future__ import annotations

from collections.abc import Callable

from PIL import ImageFile, IptcImagePlugin

from .xmp import read_xmp

_LONGEST_TEXT = 2000  # characters of one text
_JOINERS = "\u200c\u200d"  # not printable, but part of Persian words and of signs
# Datasets of record 2 of IPTC-IIM 4.2, and tags of EXIF 2.32.
_IIM = {
    "caption": (120,),
    "credit": (110,),
    "byline": (80,),
    "source": (115,),
    "rights": (116,),
    "place": (92, 90, 101),
    "taken": (55,),
}
_EXIF = {"caption": 0x010E, "byline": 0x013B, "rights": 0x8298}
_EXIF_IFD, _DATE_TIME_ORIGINAL = 0x8769, 0x9003


def texts(picture: ImageFile.ImageFile) -> dict[str, str]:
    """What is written in the file, by the name of our field.

    XMP comes first, because it has room for whole texts; then IPTC-IIM, which cuts names after 32 bytes; then
    EXIF, which cameras fill.
    """
    found: dict[str, str] = {}
    for source in (_xmp, _iim, _exif):
        for name, text in _read(source, picture).items():
            if text and name not in found:
                found[name] = text
    return found


def _read(
    source: Callable[[ImageFile.ImageFile], dict[str, str]], picture: ImageFile.ImageFile
) -> dict[str, str]:
    """What one kind of metadata says. Damaged metadata say nothing, and the picture is taken without."""
    try:
        return {name: tidied(text) for name, text in source(picture).items()}
    except Exception:  # the readers of metadata report damage in many ways
        return {}


def _xmp(picture: ImageFile.ImageFile) -> dict[str, str]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return read_xmp(packet.encode() if isinstance(packet, str) else packet)


def _iim(picture: ImageFile.ImageFile) -> dict[str, str]:
    found = IptcImagePlugin.getiptcinfo(picture) or {}
    parts = {
        name: [_decoded(found.get((2, dataset), b"")) for dataset in datasets]
        for name, datasets in _IIM.items()
    }
    return {name: ", ".join(part for part in texts if part) for name, texts in parts.items()}


def _exif(picture: ImageFile.ImageFile) -> dict[str, str]:
    exif = picture.getexif()
    found = {name: _decoded(exif.get(tag, "")) for name, tag in _EXIF.items()}
    return found | {"taken": _decoded(exif.get_ifd(_EXIF_IFD).get(_DATE_TIME_ORIGINAL, ""))}


def _decoded(value: object) -> str:
    """One text of IPTC-IIM or EXIF; the first where there are several.

    Cameras write UTF-8, which Pillow reads as Latin-1 in EXIF. Older programs write Latin-1.
    """
    first = value[0] if isinstance(value, list) and value else value
    written = first.encode("latin-1", "replace") if isinstance(first, str) else first
    if not isinstance(written, bytes):
        return ""
    text = written.decode("utf-8", "replace")
    return written.decode("latin-1") if "\ufffd" in text else text


def tidied(text: str) -> str:
    """The text in one line, not too long, without control characters and signs that turn the direction."""
    start = text[: 4 * _LONGEST_TEXT]
    printed = "".join(c if c.isprintable() or c in _JOINERS else " " for c in start)
    return " ".join(printed.split())[:_LONGEST_TEXT].rstrip()
