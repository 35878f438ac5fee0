"""Picture files as cameras, editors and attackers make them. The tests of pictures use these."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

LANDSCAPE = (3000, 2000)
SECRET = "52.5163N 13.3777E"


def photograph(size: tuple[int, int] = LANDSCAPE, sigma: float = 24) -> Image.Image:
    """A picture with shades and noise, so that its files are as large as those of a photograph."""
    light = Image.radial_gradient("L").resize(size)
    shade = Image.linear_gradient("L").resize(size)
    grain = Image.effect_noise((size[0] // 4 + 1, size[1] // 4 + 1), sigma).resize(size)
    return Image.merge("RGB", (light, shade, grain))


def detailed(size: tuple[int, int]) -> Image.Image:
    """A grey picture with detail of every size, the larger the stronger, as photographs have it."""
    width, height = size
    picture = Image.effect_noise((8, 5), 200).resize(size, Image.Resampling.BICUBIC)
    for scale in (64, 32, 16, 8, 4):
        noise = Image.effect_noise((width // scale + 1, height // scale + 1), 100)
        picture = Image.blend(picture, noise.resize(size, Image.Resampling.BICUBIC), 0.2)
    return picture.convert("RGB")


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The picture's file."""
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def halves(left: str, right: str, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Two colours side by side."""
    picture = Image.new("RGB", size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


def turned() -> bytes:
    """Red above blue when turned upright, as its EXIF data say. In the file, red is to the left of blue."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(halves("red", "blue").transpose(Image.Transpose.ROTATE_180), exif=exif)


def lying(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels of `upright` as a camera stores them that then says `orientation` (EXIF 2.32)."""
    turns = Image.Transpose
    stored = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_90,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_270,
    }
    return upright.transpose(stored[orientation]) if orientation > 1 else upright


def talkative(profile: bytes, kind: str = "JPEG") -> bytes:
    """A file with the place where it was taken, in every field that can hold it."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x9C9B] = SECRET
    exif.get_ifd(0x8825)[29] = SECRET
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRET}</x:xmpmeta>'
    said: dict[str, object] = {
        "exif": exif,
        "xmp": xmp.encode(),
        "comment": SECRET,
        "icc_profile": profile,
    }
    return encoded(photograph((450, 300)), kind, **said)


def swapped() -> bytes:
    """A colour profile with red and blue swapped."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"----"), (b"bXYZ", b"rXYZ"), (b"----", b"bXYZ")):
        profile = profile.replace(old, new, 1)
    return profile


def linear_grey() -> bytes:
    """A colour profile (ICC.1:2001) for grey, in which 55 of 255 is as bright as 128 is in sRGB."""
    white = struct.pack(">iii", *(round(each * 65536) for each in (0.9642, 1, 0.8249)))
    description = struct.pack(">I", 2) + b"g" + bytes(81)
    values = {
        b"wtpt": b"XYZ " + bytes(4) + white,
        b"kTRC": b"curv" + bytes(4) + struct.pack(">IH", 1, 256) + bytes(2),
        b"cprt": b"text" + bytes(4) + b"none",
        b"desc": b"desc" + bytes(4) + description,
    }
    start, table, data = 132 + 12 * len(values), b"", b""
    for name, value in values.items():
        table += struct.pack(">4sII", name, start + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    kind = b"lcms" + struct.pack(">I", 0x02100000) + b"mntrGRAYXYZ "
    head = struct.pack(">I", start + len(data)) + kind + bytes(12) + b"acsp" + bytes(28) + white
    return head.ljust(128, b"\0") + struct.pack(">I", len(values)) + table + data


def bomb() -> bytes:
    """A PNG of some kilobytes that decodes to ten gigabytes."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
