"""Ten thousand stories in any words: every feed is read without complaint, every page's data is JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.live.shapes import Story
from tests.bench.harness import Figure
from tests.reader.fuzzing import check, stories

STORIES = 10_000


def figures() -> Iterator[Figure]:
    """How many stories were read. The first unreadable one is shown and stops the run."""
    read = 0

    @given(st.tuples(stories, stories))
    @settings(
        max_examples=STORIES // 2,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def read_all(two: tuple[Story, Story]) -> None:
        nonlocal read
        check([replace(story, article_id=number) for number, story in enumerate(two)])
        read += 2

    read_all()
    yield Figure("fuzzed stories that machines can read", read, "stories", STORIES)
