"""Bringing back an older version: as a new one, so that nothing goes and the act can itself be undone."""

from dataclasses import replace

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.revise import locked_draft, write_draft
from app.articles.content import Content
from app.articles.models import Article, Reason, Revision
from app.articles.queries.slugs import slug_holder
from app.core.errors import Conflict


def restore(article: Article, revision: Revision, *, version: int, by: Actor) -> Revision:
    """Make the draft what `revision` holds, and keep that as a new revision whose note names the old one.

    An address that another story has taken since stays with it; the draft then keeps its own. Raises
    `NotAllowed`, and `Conflict` when the draft has gone on from `version`, which the person was looking at,
    or reads like the revision already.
    """
    by.require(Act.RESTORE, article)
    draft = locked_draft(article)
    if draft.version != version:
        raise Conflict(
            f"Somebody has saved this {article.kind} since you opened this page. Look at it again."
        )
    content = _with_free_slug(article, revision.content)
    if draft.content == content:
        raise Conflict(f"The draft already reads as version {revision.number}.")
    return write_draft(article, content, Reason.RESTORED, by=by, note=f"Version {revision.number}")


def _with_free_slug(article: Article, content: Content) -> Content:
    if slug_holder(content.slug, article_id=article.id) is None:
        return content
    return replace(content, slug=article.draft.slug)
