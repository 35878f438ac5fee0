"""Decides which renditions a picture gets, how their files are named, and which of them a page offers.

Only values, no files: called by `media/actions` when a picture is stored, by `live/shapes` for pages and
feeds, and by `stet check`. The renditions follow from the size of the original and the number of the recipe,
so a page needs no more rows to know them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

_THUMBNAIL, _PORTRAIT = 420, 256  # pixels across, at least, if the picture has them
STEM_LENGTH = 32  # hexadecimal digits with which the name of each file begins
TALLEST = 3200  # pixels; WebP allows 16,383, but no screen is so high


class Ratio(NamedTuple):
    """Width to height of a crop."""

    across: int
    down: int


WIDE, NORMAL, SQUARE = Ratio(16, 9), Ratio(4, 3), Ratio(1, 1)
WHOLE = None  # the whole picture, not cropped

# JPEG is for feeds, cards and search engines, which ask for 1200 pixels and the three crops
# (developers.google.com/search/docs/appearance/structured-data/article).
_FOR_PROGRAMS = tuple((ratio, "jpg", (1200,)) for ratio in (WHOLE, WIDE, NORMAL, SQUARE))
_FOR_PAGES = (
    (WIDE, "webp", (280, 420, 560, 720, 840, 1280, 1600)),
    (WHOLE, "webp", (420, 720, 840, 1280)),
)
# Pages show 16:9 in lists and over stories, the whole picture inside a text. The widths are those of
# the columns (`app/assets/css/reader/`) at one to three device pixels; 720 is the commonest phone's,
# 360 at two. The squares are for portraits. An earlier recipe stays for pictures that were developed by it;
# `stet media rebuild` makes theirs anew by the latest.
_RECIPES: dict[int, tuple[tuple[Ratio | None, str, tuple[int, ...]], ...]] = {
    1: (
        (WIDE, "webp", (280, 420, 560, 840, 1280, 1600)),
        (WHOLE, "webp", (420, 840, 1280)),
        *_FOR_PROGRAMS,
    ),
    2: (*_FOR_PAGES, *_FOR_PROGRAMS),
    3: (*_FOR_PAGES, (SQUARE, "webp", (128, 256, 384)), *_FOR_PROGRAMS),
}
RECIPE = max(_RECIPES)


class Rendition(NamedTuple):
    """One derived file: its crop, its format as a file ending, and its size in pixels."""

    ratio: Ratio | None
    ending: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Identifies it among the renditions of a picture: `16x9-840.webp`, `840.webp`."""
        crop = f"{self.ratio.across}x{self.ratio.down}-" if self.ratio else ""
        return f"{crop}{self.width}.{self.ending}"


@lru_cache(maxsize=1000)
def planned(width: int, height: int, recipe: int = RECIPE) -> tuple[Rendition, ...]:
    """The renditions of an upright original of this size in pixels. None is larger than the original."""
    return tuple(
        rendition
        for ratio, ending, steps in _RECIPES[recipe]
        for rendition in _climb(ratio, ending, steps, width, height)
    )


@lru_cache(maxsize=4000)
def _named(
    width: int, height: int, recipe: int, ratio: Ratio | None, ending: str
) -> tuple[tuple[str, int, int], ...]:
    """Name and size of the renditions of one crop and format. Cached, because every card needs them."""
    return tuple(
        (each.name, each.width, each.height)
        for each in planned(width, height, recipe)
        if (each.ratio, each.ending) == (ratio, ending)
    )


def _climb(
    ratio: Ratio | None, ending: str, steps: tuple[int, ...], width: int, height: int
) -> Iterator[Rendition]:
    across, down = ratio or (width, height)
    most = min(width, height * across // down, TALLEST * across // down)
    for step in sorted({max(1, min(step, most)) for step in steps}):
        height = min(TALLEST, round(step * down / across))
        yield Rendition(ratio, ending, step, max(1, height))


def names_of(
    key: str, width: int, height: int, recipe: int = RECIPE, crop: str = ""
) -> tuple[str, ...]:
    """The names of the files of a picture's renditions."""
    start = stem(key, recipe, crop)
    return tuple(f"{start}-{each.name}" for each in planned(width, height, recipe))


def names_of_all(key: str, width: int, height: int, crop: str = "") -> Iterator[str]:
    """The names of all files that a picture may have: its original, and the renditions of every recipe."""
    yield key
    for recipe in _RECIPES:
        yield from names_of(key, width, height, recipe)
        yield from names_of(key, width, height, recipe, crop)


def stems(key: str, recipe: int, crop: str = "") -> tuple[str, ...]:
    """The beginnings of the names of all files that a picture may have, each once.

    The first is that of the original, the others are those of its renditions, by `recipe` and earlier ones,
    cropped around the middle and by `crop`.
    """
    made = (stem(key, number, each) for each in ("", crop) for number in range(1, recipe + 1))
    return tuple(dict.fromkeys((key[:STEM_LENGTH], *made)))


def stem(key: str, recipe: int = RECIPE, crop: str = "") -> str:
    """The beginning of the names of a picture's renditions: 32 hexadecimal digits.

    It is a hash of the original's key, the recipe and the crop, so that the response at an address never
    changes. Readers cannot get the original's address from it: the original contains what the camera wrote
    into it (place, time, owner).
    """
    return sha256(f"{recipe} {key} {crop}".rstrip().encode()).hexdigest()[:STEM_LENGTH]


class PictureFile(NamedTuple):
    """The file of a picture for a page: its path on the site and its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A stored picture: the path and size of the original, and the recipe of its renditions.

    `crop` is that of the `Focus` around which its renditions are cropped. `recipe` is 0 for a picture without
    renditions: a drawing, or a picture that is not developed yet. The renditions are in the same folder as
    the original.
    """

    url: str
    width: int
    height: int
    recipe: int = field(default=0, kw_only=True)
    crop: str = field(default="", kw_only=True)

    @property
    def is_drawing(self) -> bool:
        """Whether it is one of Stet's own placeholders: only those are stored as SVG."""
        return self.url.endswith(".svg")

    @property
    def side(self) -> str:
        """The class for lists that cut it once more, to the part to keep. Empty for the middle."""
        quarter = round(int(self.crop.partition(",")[0] or 50) / 25) * 25
        return "" if quarter == 50 else f"x{quarter}"

    @property
    def wide(self) -> PictureFile:
        """The 16:9 file for lists and the top of a story, for browsers that cannot choose from several."""
        return self.file(WIDE)

    @property
    def thumbnail(self) -> PictureFile:
        """A small 16:9 file, for the picture library."""
        small = (each for each in self._files(WIDE, "webp") if each.width >= _THUMBNAIL)
        return next(small, self.wide)

    @property
    def whole(self) -> PictureFile:
        """The whole picture, for texts and feeds."""
        return self.file(WHOLE)

    def file(self, ratio: Ratio | None) -> PictureFile:
        """The JPEG of a crop, which every program can show, or the original if there is none."""
        return next(self._files(ratio, "jpg"), PictureFile(self.url, self.width, self.height))

    @property
    def portrait(self) -> PictureFile:
        """A small square file, for the newsroom."""
        small = (each for each in self._files(SQUARE, "webp") if each.width >= _PORTRAIT)
        return next(small, self.file(SQUARE))

    @property
    def crops(self) -> tuple[PictureFile, ...]:
        """Square, 4:3 and 16:9, as search engines want them, or the original if there are none."""
        return tuple(dict.fromkeys(self.file(ratio) for ratio in (SQUARE, NORMAL, WIDE)))

    @property
    def widths(self) -> tuple[PictureFile, ...]:
        """The 16:9 crop in all its widths, as JPEG and WebP, or the original if there are none."""
        return (*self._files(WIDE, "webp"), self.wide)

    def srcset(self, ratio: Ratio | None = WIDE, widest: int = 1600) -> str:
        """The value of `srcset` with all widths up to `widest` pixels. Empty when there are none."""
        offered = [each for each in self._files(ratio, "webp") if each.width <= widest]
        return ", ".join(f"{each.url} {each.width}w" for each in offered)

    def _files(self, ratio: Ratio | None, ending: str) -> Iterator[PictureFile]:
        if not self.recipe:
            return
        folder, _, key = self.url.rpartition("/")
        start = f"{folder}/{stem(key, self.recipe, self.crop)}-"
        for name, width, height in _named(self.width, self.height, self.recipe, ratio, ending):
            yield PictureFile(start + name, width, height)
