"""The acts that take published words back: hiding those of a revision from readers, and showing them again.

The words stay in the newsroom. Readers are told in their place why they are not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.revise import locked_draft
from app.articles.models import Article, Reason, Revision
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db
from app.core.edition import raise_edition, wait_for_turn
from app.core.errors import Conflict
from app.core.events import address_changed, lists_changed
from app.live.list_addresses import lists_containing
from app.live.models import Publication, Suppression, SuppressionReason
from app.live.queries.publications import publication_of


def suppress(
    revision: Revision,
    reason: SuppressionReason,
    *,
    hides_note: bool = False,
    note: str = "",
    by: Actor,
) -> None:
    """Show readers the words of `revision` no more, and tell them `reason` instead.

    With `hides_note`, what they were told of the change is hidden too. `note` is for the record. Raises
    `NotAllowed`, and `Conflict` when readers never saw this revision, see it now, or do not see it any more.
    """
    article, live = _opened(revision, by)
    if revision.reason != Reason.PUBLISHED.value:
        raise Conflict(f"Readers never saw version {revision.number}.")
    if live is not None and live.revision_id == revision.id:
        raise Conflict(
            f"Readers see version {revision.number} now. Publish another version or withdraw the "
            f"{article.kind} first."
        )
    if db.session.get(Suppression, revision.id) is not None:
        raise Conflict(f"The words of version {revision.number} are hidden already.")
    held = _hide(revision, reason, hides_note, note, by)
    _follow(article, live, held, f"hide words {article.id}")


def suppress_earlier(article: Article, reason: SuppressionReason, *, by: Actor) -> None:
    """Hide the words of every published revision but the one that readers see now.

    For a story that is published again after it was withdrawn. Raises `NotAllowed`.
    """
    by.require(Act.SUPPRESS, article)
    wait_for_turn(db.session.connection())
    live = publication_of(article.id)
    earlier = _shown_before(article, live)
    for revision in earlier:
        held = _hide(revision, reason, False, "", by)
        _follow(article, live, held, f"hide words {article.id}")


def unsuppress(revision: Revision, *, by: Actor) -> None:
    """Show readers the words of `revision` again.

    Raises `NotAllowed`, and `Conflict` if they are not hidden.
    """
    article, live = _opened(revision, by)
    held = db.session.get(Suppression, revision.id)
    if held is None:
        raise Conflict(f"The words of version {revision.number} are not hidden.")
    db.session.delete(held)
    record(Verb.UNSUPPRESS, "article", article.id, by=by, revision_id=revision.id)
    _follow(article, live, held, f"show words {article.id}")


def _opened(revision: Revision, by: Actor) -> tuple[Article, Publication | None]:
    """The story, locked, and what readers see of it now."""
    article = db.session.get_one(Article, revision.article_id)
    by.require(Act.SUPPRESS, article)
    wait_for_turn(db.session.connection())
    locked_draft(article)
    return article, publication_of(article.id)


def _shown_before(article: Article, live: Publication | None) -> Sequence[Revision]:
    found = (
        select(Revision)
        .outerjoin(Suppression, Suppression.revision_id == Revision.id)
        .where(
            Revision.article_id == article.id,
            Revision.reason == Reason.PUBLISHED.value,
            Revision.id != (live.revision_id if live else 0),
            Suppression.revision_id.is_(None),
        )
    )
    return db.session.scalars(found.order_by(Revision.number)).all()


def _hide(
    revision: Revision, reason: SuppressionReason, hides_note: bool, note: str, by: Actor
) -> Suppression:
    held = Suppression(
        revision_id=revision.id,
        article_id=revision.article_id,
        reason=reason.value,
        hides_note=hides_note,
        at=clock.now(),
        by_id=by.id,
    )
    db.session.add(held)
    why = f"{reason.label} {note}".strip()
    record(Verb.SUPPRESS, "article", revision.article_id, by=by, revision_id=revision.id, note=why)
    return held


def _follow(article: Article, live: Publication | None, held: Suppression, cause: str) -> None:
    """Have every page, feed and copy say what is right now, also while the database is away.

    The words of a revision stand in the story's history. The note on a change stands in the story, in feeds
    and in lists too. Pages of a story that is not live are gone already.
    """
    db.session.flush()
    raise_edition(cause)
    if live is None:
        return
    address_changed.send_after_commit(f"{live.path}/changes")
    if held.hides_note:
        lists_changed.send_in_transaction(lists_containing([article.id]))
        address_changed.send_after_commit(live.path)
