"""Arranging the lines that a save has joined."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles import actions
from app.articles.access import editable_by
from app.body.lines import LineEnds
from app.core.db import transaction
from app.core.errors import Conflict
from app.core.messages import say
from app.newsroom.forms.line_ends import LineEndsForm
from app.newsroom.views.blueprint import bp


@bp.post("/<int:article_id>/draft/line-ends")
@needs(Act.EDIT)
def arrange_lines(article_id: int) -> Response:
    """Join or keep the line ends, or make each line a paragraph."""
    form = LineEndsForm()
    if form.validate():
        try:
            _arrange(article_id, form)
        except Conflict as conflict:
            say(str(conflict))
    else:
        editable_by(person()).one_or_404(article_id)
    return redirect(url_for("newsroom.articles.edit", article_id=article_id), 303)


def _arrange(article_id: int, form: LineEndsForm) -> None:
    with transaction():
        article = editable_by(person()).one_or_404(article_id)
        revision = actions.arrange_lines(
            article,
            LineEnds(form.line_ends.data),
            version=form.version.data or 0,
            by=person(),
        )
    if revision is not None:
        say(f"Saved as version {revision.number}.")
