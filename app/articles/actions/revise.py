"""Saves a draft without losing anybody's words, and keeps a revision of each save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from app.accounts.actors import Actor
from app.accounts.models import Person
from app.accounts.permissions import Act
from app.articles.actions.address import with_address
from app.articles.actions.headlines import note_headline
from app.articles.actions.names import Names
from app.articles.actions.pictures import note_pictures
from app.articles.content import Content
from app.articles.merging import Clash, Picks, merge
from app.articles.models import Article, ContentCopy, Draft, DraftVersion, Reason, Revision
from app.articles.queries.revisions import content_at_version
from app.articles.queries.slugs import claimed_slug
from app.audit.actions import record
from app.audit.verbs import Verb
from app.body.errors import BodyError
from app.body.text import word_count
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict

# A form can be sent as long as its session lives (14 days), or for 30 days from a browser that has kept it.
VERSIONS_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Saved:
    """The result of a save. `revision` is None when nothing differed.

    `merged_with` is the name of the person whose changes were merged.
    """

    revision: Revision | None
    merged_with: str = ""


def save(
    article: Article,
    content: Content,
    *,
    names: Names | None = None,
    based_on: int,
    picks: Picks | None = None,
    by: Actor,
) -> Saved | Clash:
    """Save `content`, which is based on version `based_on` of the draft, as the draft's next version.

    When the draft has changed meanwhile, both sides are merged field by field, and the text block by block.
    If both sides changed the same thing differently, nothing is written and the result is a `Clash`. The
    exception is a call with `picks` that decide every clash and were made against the draft as it is now.

    `names` are the authors and topics, if the content does not have their ids. A new name gets a row only
    when the save succeeds. Without an address, the story gets one from its headline. Raises `NotAllowed`, and
    `Conflict` for a slug that is in use.
    """
    by.require(Act.EDIT, article)
    draft = locked_draft(article)
    mine = with_address(names.numbered(content) if names else content, article, by=by)
    outcome = _merged(article, mine, based_on, picks)
    if isinstance(outcome, Clash):
        return replace(outcome, new_names=names.labels() if names else {})
    if outcome == draft.content:
        return Saved(revision=None)
    merged_with = _last_writer(draft) if outcome != mine else ""
    whole = names.filed(outcome, by=by) if names else outcome
    return Saved(write_draft(article, whole, Reason.SAVED, by=by), merged_with)


def _merged(article: Article, mine: Content, based_on: int, picks: Picks | None) -> Content | Clash:
    """`mine`, merged with what others have changed since `based_on`, or the clash of both sides."""
    draft = article.draft
    if based_on == draft.version:
        return mine
    base = content_at_version(article, based_on)
    try:
        outcome = merge(base, mine, draft.content)
        if isinstance(outcome, Clash):
            if picks is None or picks.version != draft.version or not picks.answer(outcome):
                return outcome
            return outcome.resolved(picks.sides)
    except BodyError as error:
        raise Conflict(
            f"Your text and what others have saved meanwhile do not fit together: {error.problem}.",
            "body",
        ) from error
    return outcome


def locked_draft(article: Article) -> Draft:
    """The draft as it is now. Story and draft are locked until the transaction ends."""
    db.session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
    # Read after the lock: in the locking statement, PostgreSQL sees other rows as they were before the wait.
    now = select(Article).options(joinedload(Article.draft)).where(Article.id == article.id)
    return db.session.scalars(now, execution_options={"populate_existing": True}).one().draft


def _last_writer(draft: Draft) -> str:
    if draft.changed_by_id is None:
        return "an import"
    return db.session.scalars(select(Person.name).where(Person.id == draft.changed_by_id)).one()


def write_draft(
    article: Article, content: Content, reason: Reason, *, by: Actor, note: str = ""
) -> Revision:
    """Make `content` the draft's next version, keep a revision of it, and record who did it and why."""
    slug = claimed_slug(content.slug, article_id=article.id, by=by)
    at = clock.now()
    _keep_version(article.draft, at)
    article.draft.replace_content(content, words=word_count(content.body), by_id=by.id, at=at)
    article.draft.slug = slug
    article.was_written(content.category_id, at)
    note_headline(article.draft)
    revision = keep_revision(article.draft.copy, reason, by=by, note=note, at=at)
    record(Verb(reason.value), "article", article.id, by=by, revision_id=revision.id, note=note)
    return revision


def _keep_version(draft: Draft, at: datetime) -> None:
    """Keep the present version before it is replaced.

    Delete versions that no form can be based on any more.
    """
    db.session.add(
        DraftVersion(
            article_id=draft.article_id,
            version=draft.version,
            content=draft.content,
            replaced_at=at,
        )
    )
    db.session.execute(delete(DraftVersion).where(DraftVersion.replaced_at < at - VERSIONS_KEPT))


def keep_revision(
    copy: ContentCopy, reason: Reason, *, by: Actor, at: datetime, note: str = ""
) -> Revision:
    """Store `copy`, of a draft or of another revision, as an immutable revision with the next number."""
    last = select(func.coalesce(func.max(Revision.number), 0)).where(
        Revision.article_id == copy.article_id
    )
    revision = Revision(
        article_id=copy.article_id,
        number=db.session.execute(last).scalar_one() + 1,
        draft_version=copy.draft_version,
        reason=reason.value,
        note=note,
        by_id=by.id,
        at=at,
        words=copy.words,
        content=copy.content,
        original_id=copy.content.original_id,
    )
    db.session.add(revision)
    db.session.flush()
    note_pictures(copy.article_id, copy.content)
    return revision
