"""Which photograph other sites show beside a link to a page. None of them shows drawings (SVG)."""

from __future__ import annotations

from collections.abc import Iterable

from app.live.shapes import Card, Lead


def photograph(picture: Lead | None) -> Lead | None:
    """`picture`, if it is a photograph."""
    return picture if picture and not picture.is_drawing else None


def first_photograph(cards: Iterable[Card]) -> Lead | None:
    """The first photograph in a list of stories."""
    return next((found for card in cards if (found := photograph(card.picture))), None)
