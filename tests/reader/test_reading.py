"""The reading time and the age of a story, as its page shows them."""

from datetime import UTC, datetime

import pytest

from app.core import clock
from tests.support.cast import Newsroom

LEAP_DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", 1, "1 minute to read"),
        ("en", 684, "3 minutes to read"),
        ("ru", 920, "5 минут на чтение"),
        ("ru", 3864, "21 минута на чтение"),
        ("prs", 690, "زمان خواندن: ۵ دقیقه"),
        ("ps", 138, "د لوستلو وخت: ۱ دقیقه"),
        ("uz", 1660, "10 minutes to read"),
    ],
)
def test_a_story_says_how_long_it_takes(
    newsroom: Newsroom, language: str, words: int, said: str
) -> None:
    newsroom.live_story(text=" ".join(["слово"] * words), language=language)
    assert f"<p>{said}</p>" in newsroom.visitor().get("/politics/river-rises").text


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ((2025, 2, 28, 23, 59), ""),
        ((2025, 3, 1), "This story is 1 year old."),
        ((2026, 2, 28, 23, 59), "This story is 1 year old."),
        ((2028, 2, 29), "This story is 4 years old."),
    ],
)
def test_a_story_says_how_many_years_old_it_is(
    newsroom: Newsroom, now: tuple[int, ...], said: str
) -> None:
    with clock.moved_to(LEAP_DAY):
        newsroom.live_story()
    with clock.moved_to(datetime(*now, tzinfo=UTC)):  # type: ignore[misc, arg-type]
        page = newsroom.visitor().get("/politics/river-rises").text
    assert (f'<p class="age">{said}</p>' in page) if said else ('class="age"' not in page)
