"""The reading time and the age of a story, which are shown at its top."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.core import clock
from app.live.shapes import Story

# Words a minute, measured with the same texts in each language: Trauzettel-Klosinski and Dietz, "Standardized
# Assessment of Reading Performance: The New International Reading Speed Texts IReST", Investigative
# Ophthalmology & Visual Science 53 (2012), pages 5452 to 5461.
_MEASURED = {"ar": 138, "de": 179, "en": 228, "es": 218, "fr": 195, "he": 187, "ru": 184, "tr": 166}
# Nobody has measured these in that way; what decides most is the script and how much one word holds.
_NEAREST = {"fa": "ar", "prs": "ar", "ps": "ar", "ur": "ar", "uk": "ru", "uz": "tr"}
_MEAN = 184  # of all 17 languages in that study


def minutes_to_read(story: Story) -> int:
    """Whole minutes, at least 1. 0 for a story without words."""
    language = _NEAREST.get(story.language, story.language)
    speed = _MEASURED.get(language, _MEAN)
    return max(1, round(story.words / speed)) if story.words else 0


def years_old(story: Story, zone: ZoneInfo) -> int:
    """Whole years since `story` was published, by the days of `zone`; 0 in its first year.

    Pages are made anew at midnight (core/pagecache), so the day on which this turns needs no other care.
    """
    if story.published_at is None:
        return 0
    then, today = (each.astimezone(zone).date() for each in (story.published_at, clock.now()))
    return today.year - then.year - ((today.month, today.day) < (then.month, then.day))
