"""The acts that change what readers see; each holds all that the act means. Those before them: `review`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

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
from app.live import story_links
from app.live.list_addresses import lists_with
from app.live.models import Byline, Change, ChangeKind, Redirect, Tagging
from app.live.translation_groups import group_of
from app.live.translations import settle
from app.publishing.models import Outcome
from app.publishing.notes import one_paragraph, says_something
from app.publishing.queries import address_of, is_return
from app.publishing.readiness import problems
from app.publishing.review import answer, require_seen
from app.related import actions as related
from app.search import actions as search


@dataclass(frozen=True)
class ChangeNote:
    """What readers are told of a change: its kind, and why, in one paragraph of the editor's words."""

    kind: ChangeKind = ChangeKind.UPDATE
    reason: str = ""

    def problems(self) -> dict[str, str]:
        """What is missing, by field: a notice has to say what was wrong."""
        if self.kind.is_notice and not says_something(self.reason):
            return {"reason": f"Tell readers what this {self.kind} is about."}
        return {}


def publish(
    article: Article, *, version: int, told: ChangeNote | None = None, note: str = "", by: Actor
) -> Revision:
    """Make the draft, as it stands at `version`, what readers see.

    `told` is what readers learn of the change when they have seen the story before, `note` what the
    record keeps; of a story that returns as it was they learn just that.

    Raises `NotAllowed`; `Conflict` when the draft has gone on since the person looked, when
    nothing would change, or when a live story holds the address; `NotReady` with what is missing.
    """
    by.require(Act.PUBLISH, article)
    _wait_for_turn()
    require_seen(article, version)
    if article.is_live and not article.has_unpublished_changes:
        raise Conflict("Readers see this version already.")
    told = ChangeNote(ChangeKind.RETURN) if is_return(article) else told or ChangeNote()
    missing = problems(article)
    if article.published_at is not None:
        missing |= told.problems()
    if missing:
        raise NotReady(f"This {article.kind} cannot be published yet.", missing)
    return _put_live(article, told, note, by)


def _wait_for_turn() -> None:
    """To be called before a story is held: whoever has the turn may have to wait for the story.

    What the story translates is judged and changed in the same turn.
    """
    wait_for_turn(db.session.connection())


def _put_live(article: Article, told: ChangeNote, note: str, by: Actor) -> Revision:
    at, before, linked = clock.now(), lists_with(article), group_of(article.id)
    revision = keep_revision(article, Reason.PUBLISHED, by=by, note=note)
    path = _free_path(article)
    left = _leave_redirect(article, path, at)
    if article.published_at is not None:
        _tell(article, revision, told, by=by, at=at)
    article.go_live(revision, path, at)
    moved = settle({article.id, *linked})
    _list_under_authors_and_topics(article, revision)
    story_links.follow(revision)
    search.follow(article.id)
    related.follow(article.id)
    answer(article, Outcome.PUBLISHED, note, by=by, at=at)
    record(Verb.PUBLISH, "article", article.id, by=by, revision_id=revision.id, note=note)
    raise_edition(f"publish {article.id}")
    if left is not None:
        address_changed.send_after_commit(left)
    lists_changed.send_in_transaction(before | lists_with(article) | _lists_of(moved))
    return revision


def _lists_of(article_ids: Iterable[int]) -> frozenset[str]:
    """The lists of stories that came into them, or left them, because a translation did."""
    stories = (db.session.get_one(Article, each) for each in article_ids)
    return frozenset().union(*(lists_with(each) for each in stories))


def _tell(
    article: Article, revision: Revision, told: ChangeNote, *, by: Actor, at: datetime
) -> None:
    db.session.add(
        Change(
            revision_id=revision.id,
            article_id=article.id,
            kind=told.kind.value,
            reason=one_paragraph(told.reason),
            at=at,
            by_id=by.id,
        )
    )
    article.tell_of(at, is_update=told.kind.is_update, is_correction=told.kind.is_notice)


def _free_path(article: Article) -> str:
    """Where the draft will stand; raises `Conflict` for another story's address, present or past."""
    address = address_of(article)
    if address.problem:
        raise Conflict(address.problem)
    db.session.execute(delete(Redirect).where(Redirect.path == address.path))
    return address.path


def _leave_redirect(article: Article, path: str, at: datetime) -> str | None:
    """The address that the story leaves for this one, if it does."""
    left = article.live_path
    if left in (None, path):
        return None
    db.session.merge(Redirect(path=left, article_id=article.id, since=at))
    return left


def _list_under_authors_and_topics(article: Article, revision: Revision) -> None:
    _unlist(article)
    if article.is_page:
        return
    assert article.published_at is not None
    rows: list[Byline | Tagging] = [
        Byline(
            article_id=article.id,
            position=position,
            author_id=author_id,
            published_at=article.published_at,
        )
        for position, author_id in enumerate(revision.author_ids)
    ]
    rows += [
        Tagging(
            article_id=article.id,
            position=position,
            topic_id=topic_id,
            published_at=article.published_at,
        )
        for position, topic_id in enumerate(revision.topic_ids)
    ]
    db.session.add_all(rows)
    db.session.flush()


def _unlist(article: Article) -> None:
    for table in (Byline, Tagging):
        db.session.execute(delete(table).where(table.article_id == article.id))


def withdraw(article: Article, *, note: str = "", by: Actor) -> None:
    """Take a live story away from readers; draft and revisions stay, its address answers 410.

    Raises `NotAllowed`, and `Conflict` when the story is not live.
    """
    by.require(Act.WITHDRAW, article)
    _wait_for_turn()
    locked_draft(article)
    if not article.is_live:
        raise Conflict(f"Readers do not see this {article.kind}, so there is nothing to withdraw.")
    at, before = clock.now(), lists_with(article)
    revision_id = article.live_revision_id
    path = article.live_path
    db.session.merge(Redirect(path=path, article_id=article.id, since=at))
    article.leave_live(at)
    moved = settle([article.id])
    _unlist(article)
    story_links.forget(article.id)
    search.follow(article.id)
    related.remove(article.id)
    record(Verb.WITHDRAW, "article", article.id, by=by, revision_id=revision_id, note=note)
    raise_edition(f"withdraw {article.id}")
    lists_changed.send_in_transaction(before | _lists_of(moved))
    address_changed.send_after_commit(path)
