"""The corrections and clarifications of all live stories and pages, newest first.

`/corrections` and its feeds list them. The query reads one index in order, so its cost does not grow with the
number of stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, select

from app.articles.models import Revision
from app.core.db import db
from app.core.localization import direction
from app.live.models import Change, Publication, Suppression
from app.live.queries.notes import IS_OF_CHANGE, NOTE, NOTE_HIDDEN
from app.live.queries.surroundings import PUBLIC_NUMBER
from app.live.shapes import ListPage

PAGE_SIZE = 20
FEED_SIZE = 30  # as many as the feeds of stories

_NEWEST = (
    select(
        Change.article_id,
        Change.kind,
        NOTE,
        Change.at,
        PUBLIC_NUMBER,
        Publication.path,
        Publication.published_at,
        Publication.headline,  # the present headline of the story
        Publication.language,
        NOTE_HIDDEN,
    )
    .join(Publication, Publication.article_id == Change.article_id)
    .join(Revision, Revision.id == Change.revision_id)
    .outerjoin(Suppression, IS_OF_CHANGE)
    .where(Change.is_notice())
    .order_by(Change.at.desc(), Change.revision_id.desc())
    .limit(bindparam("size", type_=Integer))
    .offset(bindparam("skip", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class ListedCorrection:
    """A notice outside of its story. `number` is the public version (from 1) that brought the correction.

    When `reason` is hidden, it is empty, and `note_hidden` says why.
    """

    article_id: int
    kind: str
    reason: str
    at: datetime
    number: int
    path: str
    published_at: datetime
    headline: str
    language: str
    note_hidden: str = ""

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def comparison_path(self) -> str:
        """Where readers can compare the wrong version with the corrected one."""
        return f"{self.path}/changes#version-{self.number}"


def correction_page(number: int) -> ListPage[ListedCorrection]:
    """Page `number` (from 1) of all notices."""
    found = _newest(PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
    return ListPage(found[:PAGE_SIZE], number, len(found) > PAGE_SIZE)


def newest_corrections() -> tuple[ListedCorrection, ...]:
    """The newest notices, as many as a feed holds."""
    return _newest(FEED_SIZE, 0)


def _newest(size: int, skip: int) -> tuple[ListedCorrection, ...]:
    rows = db.session.execute(_NEWEST, {"size": size, "skip": skip})
    return tuple(ListedCorrection(*row) for row in rows)
