"""Files that are made to hurt whoever opens them: small to send and large to open, or two things in one."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image, ImageCms

from tests.media.photographs import encoded, halves, photograph

SCRIPT = b"<script>alert(document.domain)</script>"


def png(width: int, height: int, bits: int, kind: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG without content: one row of zeros after the other, as compressed as it can be."""
    row = bytes(1 + (width * bits * {0: 1, 2: 3, 6: 4}[kind] + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    parts = ((b"IHDR", head), *chunks, (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def text_chunks(number: int) -> bytes:
    """A PNG with many short texts."""
    return png(40, 30, 8, 2, *((b"tEXt", b"k%d\0text" % each) for each in range(number)))


def text_bomb() -> bytes:
    """A PNG with a text of 200 MB, in 200 KB."""
    packer = zlib.compressobj(9)
    megabyte = b"x" * 1024 * 1024
    packed = b"".join(packer.compress(megabyte) for _ in range(200)) + packer.flush()
    return png(40, 30, 8, 2, (b"zTXt", b"Description\0\0" + packed))


def frames(number: int, side: int) -> bytes:
    """An animated GIF, of which every frame is the first."""
    one = encoded(Image.new("L", (side, side), 90), "GIF")
    head = 13 + 3 * 2 ** ((one[10] & 7) + 1)  # the palette's length is in its flags
    return one[:head] + one[head:-1] * number + one[-1:]


def large_profile(size: int) -> bytes:
    """A JPEG with a colour profile that is mostly empty."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    padded = struct.pack(">I", size) + profile[4:] + bytes(size - len(profile))
    return encoded(halves("red", "blue"), icc_profile=padded)


def claiming(kind: str, side: int) -> bytes:
    """A small picture in boxes (AVIF, HEIC) whose header claims to have `side` pixels each way."""
    whole = encoded(halves("red", "blue", (64, 64)), kind)
    size = struct.pack(">4sIII", b"ispe", 0, 64, 64)
    assert size in whole
    return whole.replace(size, struct.pack(">4sIII", b"ispe", 0, side, side))


def archive_too() -> bytes:
    """A GIF that is a ZIP archive too."""
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        file.writestr("index.html", SCRIPT)
    return encoded(halves("red", "blue", (60, 40)), "GIF") + archive.getvalue()


def page_too() -> bytes:
    """A JPEG that is a web page too, for those who look for one."""
    return encoded(photograph((300, 200)), comment=SCRIPT) + b"<html>" + SCRIPT + b"</html>"
