"""The public history of a story: each published version, compared with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Integer, and_, bindparam, func, select

from app.articles.comparison import Comparison, compare
from app.articles.labels import Labels
from app.articles.models import Reason, Revision
from app.body.wording import ENGLISH, Wording
from app.core.db import db
from app.live.models import Change, ChangeKind, Suppression, SuppressionReason
from app.live.queries.labels import labels_of
from app.live.queries.notes import NOTE, NOTE_HIDDEN
from app.live.shapes import ListPage

PAGE_SIZE = 20  # changes, each of which costs a comparison word by word

_WAS_PUBLIC = and_(
    Revision.article_id == bindparam("article", type_=Integer),
    Revision.reason == Reason.PUBLISHED.value,
)
_PUBLIC = (
    select(Revision, Change.kind, NOTE, NOTE_HIDDEN, Suppression.reason.label("hidden"))
    .outerjoin(Change, Change.revision_id == Revision.id)
    .outerjoin(Suppression, Suppression.revision_id == Revision.id)
    .where(_WAS_PUBLIC)
    .order_by(Revision.number)
)
_COUNT = select(func.count()).select_from(Revision).where(_WAS_PUBLIC)


_PUBLIC_VERSIONS = (
    select(
        Revision.id,
        func.row_number().over(order_by=Revision.number).label("number"),
        Change.kind,
        Change.reason,
        Suppression.reason.label("hidden"),
        Suppression.hides_note,
    )
    .outerjoin(Change, Change.revision_id == Revision.id)
    .outerjoin(Suppression, Suppression.revision_id == Revision.id)
    .where(_WAS_PUBLIC)
)


@dataclass(frozen=True)
class PublicVersion:
    """A published revision: its `number` for readers, from 1, and what they were told about it.

    `kind` is `None` for the first one, which changed nothing. `hidden` says why readers do not see its words
    any more, if they do not.
    """

    number: int
    kind: ChangeKind | None
    reason: str
    hidden: SuppressionReason | None = None
    hides_note: bool = False


@dataclass(frozen=True)
class PublicChange:
    """One new version that readers saw; `number` counts the public versions from 1.

    `comparison` is `None` when the words of this version or of the one before are hidden; `hidden` says why.
    `reason` is empty when it is hidden itself; `note_hidden` says why.
    """

    number: int
    at: datetime
    kind: ChangeKind
    reason: str
    comparison: Comparison | None
    hidden: SuppressionReason | None = None
    note_hidden: str = ""


def public_versions(article_id: int) -> dict[int, PublicVersion]:
    """The published revisions of a story, by their ids."""
    return {
        row.id: PublicVersion(
            row.number,
            ChangeKind(row.kind) if row.kind else None,
            row.reason or "",
            SuppressionReason(row.hidden) if row.hidden else None,
            bool(row.hides_note),
        )
        for row in db.session.execute(_PUBLIC_VERSIONS, {"article": article_id})
    }


def changes_to(
    article_id: int, number: int = 1, words: Wording = ENGLISH
) -> ListPage[PublicChange]:
    """Page `number` (from 1) of the changes that readers saw. Empty for a story that was published once.

    `words` gives, in the reader's language, the phrases that a redline adds to the story's own words.
    """
    newest = db.session.execute(_COUNT, {"article": article_id}).scalar_one()
    last = newest - (number - 1) * PAGE_SIZE
    first = max(last - PAGE_SIZE, 1)
    if last < 2:
        return ListPage((), number, has_older=False)
    compared = _compared(article_id, first, last, words)
    return ListPage(tuple(reversed(compared)), number, first > 1)


def _compared(article_id: int, first: int, last: int, words: Wording) -> list[PublicChange]:
    """The changes from public version `first` to `last`, oldest first."""
    part = _PUBLIC.offset(first - 1).limit(last - first + 1)
    versions = db.session.execute(part, {"article": article_id}).all()
    labels = labels_of(*(each.Revision.content for each in versions if not each.hidden))
    return [
        _change(number, earlier, later, labels, words)
        for number, (earlier, later) in enumerate(pairwise(versions), start=first + 1)
    ]


def _change(number: int, earlier: Any, later: Any, labels: Labels, words: Wording) -> PublicChange:
    """The change to public version `number`, from the rows of two versions, one after the other."""
    hidden = later.hidden or earlier.hidden
    comparison = None
    if not hidden:
        comparison = compare(earlier.Revision.content, later.Revision.content, labels, words)
    return PublicChange(
        number,
        later.Revision.at,
        ChangeKind(later.kind),
        later.reason,
        comparison,
        SuppressionReason(hidden) if hidden else None,
        later.note_hidden,
    )
