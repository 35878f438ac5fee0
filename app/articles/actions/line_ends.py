"""Single line ends that a save has joined: kept as they were typed, and arranged otherwise later."""

from __future__ import annotations

from dataclasses import replace

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.revise import locked_draft, write_draft
from app.articles.models import Article, Reason, Revision
from app.body.document import Body
from app.body.errors import BodyError
from app.body.lines import LineEnds, arranged, standing
from app.core.errors import Conflict


def keep_typed_lines(article: Article, typed: Body | None) -> None:
    """Keep the text of a form beside the draft that it was saved as, as it was typed.

    Args:
        typed: the text with its line ends, from `markdown.read_form`. If it is None, nothing is done.
    """
    if typed is not None and standing(article.draft.content.body, typed) is not None:
        article.draft.typed_lines = typed.dumps()


def arrange_lines(article: Article, ends: LineEnds, *, version: int, by: Actor) -> Revision | None:
    """Join or keep the line ends that were typed into the draft, or make each line a paragraph.

    Returns the new revision. None when the lines stand so already: then the choice is made, and what
    was typed is let go.

    Raises:
        NotAllowed, Conflict: the draft has been saved since `version`, which the person was looking at, or
            the text would have more parts than one may have.
    """
    by.require(Act.EDIT, article)
    draft = locked_draft(article)
    if draft.version != version or draft.typed_lines is None:
        raise Conflict(
            f"Somebody has saved this {article.kind} since. The lines are as you see them."
        )
    typed = Body.trusted(draft.typed_lines)
    try:
        body = arranged(draft.content.body, typed, ends)
    except BodyError as error:
        raise Conflict(f"The lines cannot be arranged so: {error}.") from error
    if body == draft.content.body:
        draft.typed_lines = None
        return None
    revision = write_draft(article, replace(draft.content, body=body), Reason.SAVED, by=by)
    draft.typed_lines = typed.dumps()
    return revision
