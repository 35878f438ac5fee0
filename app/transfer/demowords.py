"""The words of demo stories: sentences about no real person or event."""

from __future__ import annotations

from random import Random

AUTHORS = [
    f"{first} {last}"
    for first in ("Ada", "Ben", "Chiara", "Daud", "Elif", "Farid", "Greta", "Hana")
    for last in ("Arden", "Brook", "Castle", "Dale", "Elm")
]
TOPICS = [
    "Bridges", "Budgets", "Buses", "Coast", "Courts", "Crops", "Education", "Energy", "Festivals",
    "Forests", "Harbours", "Health", "Housing", "Libraries", "Markets", "Museums", "Parks", "Ports",
    "Railways", "Rivers", "Roads", "Schools", "Trade", "Water", "Weather", "Wildlife", "Work",
]  # fmt: skip
_WHO = (
    "The council", "A committee", "The ministry", "A group of teachers", "The harbour office",
    "The railway", "A court", "The district", "A panel of engineers", "The library",
)  # fmt: skip
_DID = (
    "considered", "postponed", "published", "reviewed", "approved", "returned", "opened", "compared",
    "questioned", "measured",
)  # fmt: skip
_WHAT = (
    "the plan for the northern bridge", "a report on river levels", "the timetable for the spring",
    "the second reading of the water rules", "an account of last year’s repairs",
    "the list of protected buildings", "a proposal for shared buses", "the figures for the market hall",
    "the map of cycle routes", "the order of the evening sessions",
)  # fmt: skip
_HOW = (
    "after a long morning", "with few changes", "for the third time", "in an open session",
    "before the end of the week", "at the request of residents", "without a vote",
    "as the rules require", "with some reservations", "in two parts",
)  # fmt: skip


def headline(random: Random) -> str:
    """A headline of eight to twelve words."""
    return f"{_sentence(random)[:-1]}"[:200]


def paragraphs(random: Random) -> list[str]:
    """Five to eleven paragraphs of three to six sentences."""
    return [
        " ".join(_sentence(random) for _ in range(random.randint(3, 6)))
        for _ in range(random.randint(5, 11))
    ]


def _sentence(random: Random) -> str:
    parts = (random.choice(words) for words in (_WHO, _DID, _WHAT, _HOW))
    return " ".join(parts) + "."
