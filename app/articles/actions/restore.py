"""Bringing back an older version: as a new one, so that nothing goes and the act can itself be undone."""

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.revise import locked_draft, write_draft
from app.articles.models import Article, Reason, Revision
from app.core.errors import Conflict


def restore(article: Article, revision: Revision, *, by: Actor) -> Revision:
    """Make the draft what `revision` holds, and keep that as a new revision whose note names the old one.

    Raises `NotAllowed`, and `Conflict` when the draft holds exactly that already or another story has
    taken the slug since.
    """
    by.require(Act.RESTORE, own=article.is_own_of(by))
    draft = locked_draft(article)
    if draft.content == revision.content:
        raise Conflict(f"The draft already reads as version {revision.number}.")
    return write_draft(
        article, revision.content, Reason.RESTORED, by=by, note=f"Version {revision.number}"
    )
