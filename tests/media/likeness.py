"""How alike two pictures are, as people see it."""

from __future__ import annotations

from statistics import fmean

from PIL import Image

_SIDE = 8
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def similarity(one: Image.Image, other: Image.Image) -> float:
    """The mean structural similarity (SSIM) of the brightness, 1 for the same picture.

    Wang and others, Image quality assessment, 2004; in windows of 8 by 8 pixels.
    """
    return fmean(map(_of_window, _windows(one), _windows(other)))


def _windows(picture: Image.Image) -> list[bytes]:
    grey = picture.convert("L")
    return [
        grey.crop((left, top, left + _SIDE, top + _SIDE)).tobytes()
        for top in range(0, grey.height - _SIDE + 1, _SIDE)
        for left in range(0, grey.width - _SIDE + 1, _SIDE)
    ]


def _of_window(one: bytes, other: bytes) -> float:
    mean, other_mean = fmean(one), fmean(other)
    spread = fmean(each * each for each in one) - mean * mean
    other_spread = fmean(each * each for each in other) - other_mean * other_mean
    both = fmean(a * b for a, b in zip(one, other, strict=True)) - mean * other_mean
    return (
        (2 * mean * other_mean + _C1)
        * (2 * both + _C2)
        / ((mean**2 + other_mean**2 + _C1) * (spread + other_spread + _C2))
    )
