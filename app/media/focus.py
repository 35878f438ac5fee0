"""The point of a picture that its crops keep in view."""

from __future__ import annotations

from typing import NamedTuple


class Focus(NamedTuple):
    """The point that crops keep in view, in percent of the width and height.

    A crop takes so much away before it, as `object-position` of CSS does.
    """

    x: int
    y: int

    @property
    def crop(self) -> str:
        """What tells apart the renditions that were made with it. Empty for the middle."""
        return "" if self == MIDDLE else f"{self.x},{self.y}"


MIDDLE = Focus(50, 50)
