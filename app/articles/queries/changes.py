"""What readers were shown of a story over time: each version that was public, against the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select

from app.articles.comparison import Comparison, compare
from app.articles.labels import Labels
from app.articles.models import Reason, Revision
from app.body.wording import ENGLISH, Wording
from app.core.db import db

# A page compares so many at most; older ones stay in the newsroom.
MOST = 30


@dataclass(frozen=True)
class Change:
    """One update that readers saw: `number` counts the public versions from 1."""

    number: int
    at: datetime
    comparison: Comparison


def changes_to(article_id: int, words: Wording = ENGLISH) -> list[Change]:
    """The public changes of a story, newest first, in two statements; none for one published once.

    `words` says what a redline adds to the story's own words.
    """
    versions = _public_versions(article_id)
    contents = [version.content for version in versions]
    labels = Labels.of(*contents) if contents else None
    compared = [
        Change(number, later.at, compare(before, after, labels, words))
        for number, (later, (before, after)) in enumerate(
            zip(versions[1:], pairwise(contents), strict=True), start=2
        )
    ]
    return [change for change in reversed(compared) if not change.comparison.is_empty][:MOST]


def _public_versions(article_id: int) -> list[Revision]:
    """Oldest first."""
    return list(
        db.session.scalars(
            select(Revision)
            .where(Revision.article_id == article_id, Revision.reason == Reason.PUBLISHED.value)
            .order_by(Revision.number)
        )
    )
