"""The acts that change what readers see. Each function does everything that belongs to its act.

The acts before publishing are in `review`.
"""

from __future__ import annotations

from datetime import datetime

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions import keep_revision
from app.articles.actions.revise import locked_draft
from app.articles.models import Article, Reason, Revision
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db
from app.core.edition import raise_edition, wait_for_turn
from app.core.errors import Conflict, NotReady
from app.core.events import address_changed, lists_changed
from app.live import actions as live
from app.live.models import Change, ChangeKind, Publication
from app.live.queries.publications import publication_of
from app.publishing.addresses import address_of
from app.publishing.change_note import ChangeNote
from app.publishing.models import SubmissionOutcome
from app.publishing.moves import require_move
from app.publishing.notes import one_paragraph
from app.publishing.queries import is_return
from app.publishing.readiness import problems, taken_back
from app.publishing.review import answer, newest_revision
from app.related import actions as related
from app.search import actions as search


def publish(
    revision: Revision,
    *,
    change: ChangeNote | None = None,
    note: str = "",
    at: datetime | None = None,
    by: Actor,
) -> Revision:
    """Show readers `revision`. Returns the new revision that records what was published.

    `change` tells readers about the change, if they have seen the story before. For a withdrawn story that
    comes back without a change, they are told only that. `note` is for the record. `at` is the time that
    readers see: now, except for stories that were published elsewhere before.

    Raises `NotAllowed`, `Conflict` when nothing would change or another story has the address, and `NotReady`
    with what is missing.
    """
    article = db.session.get_one(Article, revision.article_id)
    by.require(Act.PUBLISH, article)
    _wait_for_turn()
    locked_draft(article)
    return _publish(article, revision, change, note, at, by=by)


def publish_draft(
    article: Article,
    *,
    version: int,
    change: ChangeNote | None = None,
    note: str = "",
    at: datetime | None = None,
    by: Actor,
) -> Revision:
    """Publish the draft at `version`, which the person looked at. Everything else is as in `publish`.

    Raises `Conflict` also when the draft has changed since `version`.
    """
    by.require(Act.PUBLISH, article)
    _wait_for_turn()
    return _publish(article, newest_revision(article, version), change, note, at, by=by)


def _publish(
    article: Article,
    revision: Revision,
    change: ChangeNote | None,
    note: str,
    at: datetime | None,
    *,
    by: Actor,
) -> Revision:
    require_move(article, Act.PUBLISH)
    # Held until the end of the act: the session then has the row at hand for all who ask for it.
    publication = publication_of(article.id)
    _require_change(publication, revision)
    returns = is_return(article, revision.draft_version)
    change = ChangeNote(ChangeKind.RETURN) if returns else change or ChangeNote()
    missing = problems(article, revision.content) | taken_back(article, revision.content)
    if article.published_at is not None:
        missing |= change.problems()
    if missing:
        raise NotReady(f"This {article.kind} cannot be published yet.", missing)
    if problem := address_of(article, revision.content).problem:
        raise Conflict(problem)
    published = keep_revision(revision.copy, Reason.PUBLISHED, by=by, at=clock.now(), note=note)
    _show_readers(article, published, change, at or clock.now(), by)
    return published


def _wait_for_turn() -> None:
    """Wait until no other act can change what readers see.

    Call this before a story is locked: the other act may have to wait for that story. The translations of the
    story are checked and changed in the same turn.
    """
    wait_for_turn(db.session.connection())


def _require_change(publication: Publication | None, revision: Revision) -> None:
    if publication is not None and publication.draft_version == revision.draft_version:
        raise Conflict("Readers see this version already.")


def _show_readers(
    article: Article, revision: Revision, change: ChangeNote, at: datetime, by: Actor
) -> None:
    if article.published_at is not None:
        _tell_readers(revision, change, by=by, at=at)
    effect = live.put(article, revision, at)
    search.update(article.id)
    related.update(article.id)
    answer(article, SubmissionOutcome.PUBLISHED, revision.note, by=by, at=clock.now())
    record(Verb.PUBLISH, "article", article.id, by=by, revision_id=revision.id, note=revision.note)
    raise_edition(f"publish {article.id}")
    if effect.former_path is not None:
        address_changed.send_after_commit(effect.former_path)
    lists_changed.send_in_transaction(effect.lists)


def _tell_readers(revision: Revision, change: ChangeNote, *, by: Actor, at: datetime) -> None:
    db.session.add(
        Change(
            revision_id=revision.id,
            article_id=revision.article_id,
            kind=change.kind.value,
            reason=one_paragraph(change.reason),
            at=at,
            by_id=by.id,
        )
    )


def withdraw(article: Article, *, note: str = "", by: Actor) -> None:
    """Take a live story away from readers. Draft and revisions stay, and its address answers 410.

    Raises `NotAllowed`, and `Conflict` when the story is not live.
    """
    by.require(Act.WITHDRAW, article)
    _wait_for_turn()
    locked_draft(article)
    require_move(article, Act.WITHDRAW)
    publication = publication_of(article.id)
    seen = None if publication is None else publication.revision_id
    effect = live.remove(article, clock.now())
    search.update(article.id)
    related.remove(article.id)
    record(Verb.WITHDRAW, "article", article.id, by=by, revision_id=seen, note=note)
    raise_edition(f"withdraw {article.id}")
    lists_changed.send_in_transaction(effect.lists)
    address_changed.send_after_commit(effect.former_path)
