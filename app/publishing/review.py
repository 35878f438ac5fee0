"""The acts of a review: submitting a draft, and sending it back."""

from __future__ import annotations

from datetime import datetime

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.revise import locked_draft
from app.articles.models import Article, Revision
from app.articles.queries.revisions import revision_at_version
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotReady
from app.publishing.models import Submission, SubmissionOutcome
from app.publishing.moves import require_move
from app.publishing.notes import says_something


def submit(article: Article, *, version: int, note: str = "", by: Actor) -> Submission:
    """Ask the editors to review the draft at `version`.

    Raises `NotAllowed`, and `Conflict` when it already waits for a review or has changed since `version`.
    """
    by.require(Act.SUBMIT, article)
    require_seen(article, version)
    require_move(article, Act.SUBMIT)
    at = clock.now()
    submission = Submission(
        article_id=article.id, draft_version=version, by_id=by.id, at=at, note=note
    )
    db.session.add(submission)
    db.session.flush()
    article.submission_id = submission.id
    article.touched_at = at
    seen = revision_at_version(article, version)
    record(Verb.SUBMIT, "article", article.id, by=by, revision_id=seen.id, note=note)
    return submission


def send_back(article: Article, *, note: str, by: Actor) -> None:
    """Answer a submission with a note on what is still to be done.

    Raises `NotAllowed`, `NotReady` without a note, and `Conflict` when there is no open submission.
    """
    by.require(Act.SEND_BACK, article)
    if not says_something(note):
        raise NotReady("Say in a note what is still to be done.")
    locked_draft(article)
    require_move(article, Act.SEND_BACK)
    answer(article, SubmissionOutcome.SENT_BACK, note, by=by, at=clock.now())
    seen = revision_at_version(article, article.draft.version)
    record(Verb.SEND_BACK, "article", article.id, by=by, revision_id=seen.id, note=note)


def answer(
    article: Article, outcome: SubmissionOutcome, note: str, *, by: Actor, at: datetime
) -> None:
    """Close the open submission, if there is one."""
    if article.submission_id is None:
        return
    submission = db.session.get_one(Submission, article.submission_id)
    submission.decide(outcome, note, by_id=by.id, at=at)
    article.submission_id = None
    article.touched_at = at


def newest_revision(article: Article, version: int) -> Revision:
    """The newest revision of the draft at `version`, which the person looked at.

    Raises `Conflict` when the draft has changed since then.
    """
    require_seen(article, version)
    return revision_at_version(article, version)


def require_seen(article: Article, version: int) -> None:
    """Lock the draft. Raises `Conflict` when it has changed since `version`, which the person looked at."""
    if locked_draft(article).version != version:
        raise Conflict(
            f"Somebody has changed this {article.kind} since you opened this page. Look at it again."
        )
