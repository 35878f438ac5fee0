"""Restores an older version as a new one, so that nothing is lost and the act itself can be undone."""

from dataclasses import replace

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.revise import locked_draft, write_draft
from app.articles.content import Content
from app.articles.models import Article, Reason, Revision
from app.articles.queries.slugs import slug_holder
from app.core.errors import Conflict


def restore(article: Article, revision: Revision, *, version: int, by: Actor) -> Revision:
    """Replace the draft with the content of `revision`. The note of the new revision names the old one.

    If another story has taken the old address meanwhile, the draft keeps its present address. Raises
    `NotAllowed`, and `Conflict` when the draft has changed since `version`, which the person was looking at,
    or when it already has this content.
    """
    by.require(Act.RESTORE, article)
    draft = locked_draft(article)
    if draft.version != version:
        raise Conflict(
            f"Somebody has saved this {article.kind} since you opened this page. Look at it again."
        )
    content = _with_free_slug(article, revision.content, by)
    if draft.content == content:
        raise Conflict(f"The draft already reads as version {revision.number}.")
    return write_draft(article, content, Reason.RESTORED, by=by, note=f"Version {revision.number}")


def _with_free_slug(article: Article, content: Content, by: Actor) -> Content:
    if slug_holder(content.slug, article_id=article.id, by=by) is None:
        return content
    return replace(content, slug=article.draft.content.slug)
