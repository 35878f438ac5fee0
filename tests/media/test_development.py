"""The darkroom: every rendition is upright, in sRGB and without metadata. Bombs harm nothing else."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageStat

from app.core.errors import NotReady
from app.media.darkroom.limits import TOO_LARGE
from app.media.development import DARKROOM, Developed, developed, read
from app.media.renditions import planned
from tests.media.likeness import similarity
from tests.media.photographs import (
    SECRET,
    bomb,
    detailed,
    encoded,
    halves,
    linear_grey,
    lying,
    photograph,
    swapped,
    talkative,
    turned,
)

pillow_heif.register_heif_opener()  # for the files that these tests write

RED, BLUE = (254, 0, 0), (0, 0, 254)
NEAR = 12  # of 255: what lossy formats may change of a colour


def opened(found: Developed, name: str) -> Image.Image:
    return Image.open(BytesIO(found.renditions[name]))


def near(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
def test_a_file_of_each_format_is_shown(kind: str) -> None:
    found = developed(encoded(halves("red", "blue", (60, 40)), kind))
    media_type = "image/heic" if kind == "HEIF" else f"image/{kind.lower()}"
    assert (found.media_type, found.width, found.height) == (media_type, 60, 40)
    picture = opened(found, "60.jpg")
    assert near(picture.getpixel((10, 20)), RED)
    assert near(picture.getpixel((50, 20)), BLUE)


def test_a_jpeg_with_a_second_picture_for_depth_or_brightness_is_a_jpeg() -> None:
    """Phones write such files (CIPA DC-007)."""
    red, blue = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    found = developed(encoded(red, "MPO", save_all=True, append_images=[blue]))
    assert (found.ending, found.media_type) == ("jpg", "image/jpeg")
    assert near(opened(found, "60.jpg").getpixel((20, 20)), RED)


def test_all_that_is_planned_is_made() -> None:
    found = developed(encoded(photograph((1300, 900))))
    assert (found.media_type, found.width, found.height) == ("image/jpeg", 1300, 900)
    wanted = planned(1300, 900)
    assert found.renditions.keys() == {each.name for each in wanted}
    for each in wanted:
        picture = opened(found, each.name)
        picture.load()
        assert picture.size == (each.width, each.height)
        assert picture.format == {"webp": "WEBP", "jpg": "JPEG"}[each.ending]


def test_a_phones_lead_picture_is_light_and_like_the_original() -> None:
    """At 390 pixels and two of the screen for each of them, a page shows the one of 840."""
    original = detailed((1680, 945))
    data = developed(encoded(original, quality=98)).renditions["16x9-840.webp"]
    assert len(data) <= 60 * 1024
    wanted = original.resize((840, 472), Image.Resampling.LANCZOS)
    assert similarity(wanted, Image.open(BytesIO(data))) >= 0.95


def test_a_picture_on_its_side_is_turned_upright() -> None:
    found = developed(turned())
    assert (found.width, found.height) == (600, 800)
    for name in ("600.webp", "600.jpg"):
        picture = opened(found, name).convert("RGB")
        assert picture.size == (600, 800)
        assert near(picture.getpixel((300, 100)), BLUE)
        assert near(picture.getpixel((300, 700)), RED)


@pytest.fixture(scope="module")
def upright() -> Image.Image:
    """A picture of which each corner is another."""
    picture = photograph((360, 240), sigma=6)
    picture.paste("red", (0, 0, 90, 60))
    picture.paste("blue", (270, 180, 360, 240))
    return picture


@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_gives_the_same_pixels(upright: Image.Image, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = encoded(lying(upright, orientation), exif=exif, quality=95, subsampling=0)
    found = developed(file)
    assert (found.width, found.height) == upright.size
    shown = opened(found, "360.jpg")
    difference = ImageChops.difference(shown, upright)
    assert max(ImageStat.Stat(difference).mean) < 4
    assert max(i for i, found in enumerate(difference.convert("L").histogram()) if found) < 64


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_every_format_is_turned_upright(kind: str, upright: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = developed(encoded(lying(upright, 6), kind, exif=exif.tobytes()))
    assert (found.width, found.height) == upright.size
    difference = ImageChops.difference(opened(found, "360.jpg"), upright)
    assert max(ImageStat.Stat(difference).mean) < 6


def test_an_orientation_that_cannot_be_read_is_upright() -> None:
    for damaged in (b"Exif\0\0nonsense", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\1\x12", b""):
        found = developed(encoded(halves("red", "blue", (60, 40)), exif=damaged))
        assert (found.width, found.height) == (60, 40)


def test_crops_keep_the_middle() -> None:
    broad = halves("red", "blue", (1000, 100))
    square = opened(developed(encoded(broad)), "1x1-100.jpg")
    assert near(square.getpixel((10, 50)), RED)
    assert near(square.getpixel((90, 50)), BLUE)


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        (b"", "JPEG"),
        (b"nonsense", "JPEG"),
        *((swapped(), kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF")),
    ],
)
def test_nothing_is_told_of_where_and_by_whom_it_was_taken(profile: bytes, kind: str) -> None:
    original = talkative(profile, kind)
    hidden = [SECRET.encode(), SECRET.encode("utf-16-le")]
    assert any(each in original for each in hidden)
    renditions = developed(original).renditions
    assert renditions
    for name, data in renditions.items():
        assert not any(each in data for each in hidden), name
        info = Image.open(BytesIO(data)).info
        assert not info.keys() & {"exif", "xmp", "comment", "icc_profile"}, name


def test_colours_are_brought_into_srgb() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF"):
        found = developed(encoded(Image.new("RGB", (40, 40), "red"), kind, icc_profile=swapped()))
        shown = opened(found, "40.webp").convert("RGB").getpixel((20, 20))
        assert near(shown, BLUE), kind


@pytest.mark.parametrize(
    ("mode", "value", "options"),
    [("L", 55, {}), ("LA", (55, 255), {}), ("L", 55, {"transparency": 7})],
    ids=["grey", "grey-and-holes", "grey-and-one-transparent-shade"],
)
def test_grey_is_brought_into_srgb_too(
    mode: str, value: int | tuple[int, int], options: dict[str, int]
) -> None:
    grey = Image.new(mode, (40, 40), value)
    found = developed(encoded(grey, "PNG", icc_profile=linear_grey(), **options))
    assert near(opened(found, "40.jpg").getpixel((20, 20)), (128, 128, 128))


def test_a_colour_profile_that_means_nothing_is_left_out() -> None:
    found = developed(encoded(Image.new("RGB", (40, 40), "red"), icc_profile=b"nonsense" * 1000))
    assert near(opened(found, "40.webp").convert("RGB").getpixel((20, 20)), RED)


def test_inks_become_light() -> None:
    found = developed(encoded(halves("red", "blue").convert("CMYK")))
    picture = opened(found, "420.webp").convert("RGB")
    assert near(picture.getpixel((100, 100)), RED)
    assert near(picture.getpixel((300, 100)), BLUE)


def test_a_palette_with_holes_keeps_them_where_the_format_can() -> None:
    holes = Image.new("P", (80, 60), 1)
    holes.putpalette([255, 0, 0, 0, 0, 255])
    holes.paste(0, (40, 0, 80, 60))
    found = developed(encoded(holes, "PNG", transparency=1))
    open_side, closed_side = (10, 30), (70, 30)
    webp, jpeg = opened(found, "80.webp").convert("RGBA"), opened(found, "80.jpg")
    left, right = webp.getpixel(open_side), webp.getpixel(closed_side)
    assert isinstance(left, tuple)
    assert left[3] == 0
    assert near(right, (*RED, 255))
    assert near(jpeg.getpixel(open_side), (255, 255, 255))
    assert near(jpeg.getpixel(closed_side), RED)


@pytest.mark.parametrize(
    ("mode", "value"), [("L", 128), ("I;16", 128 * 256), ("LA", (128, 255)), ("1", 1)]
)
def test_grey_stays_as_bright_as_it_is(mode: str, value: int | tuple[int, int]) -> None:
    found = developed(encoded(Image.new(mode, (40, 40), value), "PNG"))
    wanted = 255 if mode == "1" else 128
    assert near(opened(found, "40.jpg").getpixel((20, 20)), (wanted, wanted, wanted))


def test_one_pixel_is_a_picture() -> None:
    found = developed(encoded(Image.new("RGB", (1, 1)), "PNG"))
    assert {each.name for each in planned(1, 1)} == found.renditions.keys()


def test_of_an_animation_the_first_frame_is_shown() -> None:
    red, blue = (Image.new("RGB", (40, 40), colour) for colour in ("red", "blue"))
    for kind in ("PNG", "WEBP", "GIF", "AVIF"):
        found = developed(encoded(red, kind, save_all=True, append_images=[blue] * 30))
        assert near(opened(found, "40.jpg").getpixel((20, 20)), RED), kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (encoded(photograph((400, 300)))[:9000], "not a picture that can be shown"),
        (encoded(photograph((400, 300)), "PNG")[:9000], "not a picture that can be shown"),
        (encoded(photograph((400, 300)), "WEBP")[:3000], "not a picture that can be shown"),
        (encoded(photograph((400, 300)), "TIFF"), "not a picture that can be shown"),
        (b"", "not a picture that can be shown"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture that can be shown"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG drawings are not taken, because"),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a logo --><svg/>',
            "SVG drawings are not taken, because",
        ),
        (bomb(), "2,500 million pixels, and the limit is 60 million"),
        (
            encoded(Image.new("RGBA", (16_000, 3_700)), "WEBP", lossless=True, method=0),
            "too large to be opened here",
        ),
    ],
    ids=["jpeg", "png", "webp", "tiff", "empty", "postscript", "svg", "svg-xml", "bomb", "heavy"],
)
def test_what_cannot_be_shown_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(NotReady, match=said):
        developed(data)


def test_a_file_with_too_many_bytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    with file.open("wb") as handle:
        handle.truncate(31 * 1024 * 1024)
    with pytest.raises(NotReady, match="has 31 MB, and the limit is 20 MB"):
        read(file)
    with pytest.raises(NotReady, match="There is no file"):
        read(tmp_path)


def test_the_darkroom_itself_opens_no_bomb(tmp_path: Path) -> None:
    """A picture that fits into memory, so that only its number of pixels forbids it."""
    (tmp_path / "bomb").write_bytes(encoded(Image.new("1", (8000, 8000)), "PNG"))
    job = {"name": "1.jpg", "ratio": None, "width": 1, "height": 1}
    command = [*DARKROOM, "develop", str(tmp_path / "bomb")]
    done = subprocess.run([*command, str(tmp_path), json.dumps([job])], check=False)
    assert done.returncode == TOO_LARGE
    assert not (tmp_path / "1.jpg").exists()
