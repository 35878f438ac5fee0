"""Slugs, the characters that forms accept, and times as people read them."""

import time
import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.characters import clean, meant
from app.core.slugs import MAX_LENGTH, is_slug, slugify


@given(st.text(max_size=400))
def test_a_slug_is_always_one_or_empty(text: str) -> None:
    made = slugify(text)
    assert made == "" or is_slug(made)
    assert slugify(made) == made


@pytest.mark.parametrize(
    "text",
    ["", "-", "a-", "-a", "a--b", "A", "ä", "a b", "a/b", "a.b", "a" * (MAX_LENGTH + 1), "a\n"],
)
def test_what_is_no_slug(text: str) -> None:
    assert not is_slug(text)


@given(st.text(st.characters(), max_size=200))
def test_only_what_no_database_keeps_is_taken_out(text: str) -> None:
    """The same result as looking up each character in Unicode, only faster."""
    kept = "".join(
        each for each in text if each in "\t\n" or unicodedata.category(each) not in ("Cc", "Cs")
    )
    assert clean(text) == kept


MEANT = {
    "1990\x0bUnity": "1990\nUnity",
    "a\x0cb": "a\nb",
    "a\x85b": "a\nb",
    "a\u2028b\u2029c": "a\nb\n\nc",
    "a\x1cb\x1dc\x0ed": "a\nb\nc\nd",
    "14\x1eyear": "14\u2011year",
    "Donau\x1fdampf": "Donau\u00addampf",
    "2010\x962015": "2010\u20132015",
    "\x91it\x92s\x93 \x94\x97\x80\x99\x8a\x9f": "‘it’s“ ”—€™ŠŸ",
    "a\r\nb\rc\n": "a\nb\nc\n",
    "a\x81\x00b": "a\x81\x00b",
    "tab\tnbsp\u00a0ü€😀": "tab\tnbsp\u00a0ü€😀",
}


@pytest.mark.parametrize("text", MEANT)
def test_control_characters_become_what_they_mean(text: str) -> None:
    assert meant(text) == MEANT[text]


@given(st.text(st.characters(), max_size=200))
def test_what_has_a_meaning_is_settled_once(text: str) -> None:
    once = meant(text)
    assert meant(once) == once
    assert "\n".join(once.splitlines()) == once.removesuffix("\n")


def test_large_texts_are_no_burden() -> None:
    start = time.perf_counter()
    clean("x" * 10_000_000)
    meant("x" * 10_000_000)
    meant("\x96" * 1_000_000)
    slugify("x " * 5_000_000)
    assert time.perf_counter() - start < 2


def test_the_clock_is_held_only_inside() -> None:
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with clock.moved_to(moment):
        assert clock.now() == moment
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2026, 3, 13, 0, 5, tzinfo=UTC), "today, 00:05"),
        (datetime(2026, 3, 12, 23, 59, tzinfo=UTC), "yesterday, 23:59"),
        (datetime(2026, 3, 11, 23, 59, tzinfo=UTC), "11 March"),
        (datetime(2025, 3, 13, tzinfo=UTC), "13 March 2025"),
        (datetime(2026, 3, 13, 18, tzinfo=UTC), "today, 18:00"),
    ],
)
def test_near_times_are_said_by_day(then: datetime, words: str) -> None:
    with clock.moved_to(datetime(2026, 3, 13, 12, tzinfo=UTC)):
        assert clock.near(then, ZoneInfo("UTC")) == words


def test_times_are_shown_in_the_sites_zone() -> None:
    moment = datetime(2026, 12, 31, 20, 30, tzinfo=UTC)
    kathmandu = ZoneInfo("Asia/Kathmandu")
    assert clock.day_and_time(moment, kathmandu) == "1 January 2027, 02:15"
