"""Hides the words of a published version from readers, and shows them again. The forms are under Versions."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.access import Stories
from app.articles.queries.revisions import revision_numbered
from app.core.db import transaction
from app.core.errors import NotReady
from app.core.messages import say
from app.newsroom.forms.publishing import SuppressionForm
from app.newsroom.views.blueprint import bp
from app.publishing.suppression import suppress, unsuppress


@bp.post("/<int:article_id>/revisions/<int:number>/suppression")
@needs(Act.SUPPRESS)
def hide_words(article_id: int, number: int) -> Response:
    """Take the words of one published version back, and tell readers why."""
    form = SuppressionForm()
    with transaction():
        article = Stories(person(), Act.SUPPRESS).one_or_404(article_id)
        if not form.validate():
            raise NotReady("; ".join(form.problems().values()))
        suppress(
            revision_numbered(article, number),
            form.suppression_reason,
            hides_note=form.hides_note.data,
            note=form.note.data or "",
            by=person(),
        )
    say(
        f"Readers do not see the words of version {number} any more. Other versions may hold them too.",
        undo=url_for("newsroom.articles.show_words", article_id=article_id, number=number),
    )
    return _versions(article_id)


@bp.post("/<int:article_id>/revisions/<int:number>/suppression/delete")
@needs(Act.SUPPRESS)
def show_words(article_id: int, number: int) -> Response:
    """Show readers the words of a version again."""
    with transaction():
        article = Stories(person(), Act.SUPPRESS).one_or_404(article_id)
        unsuppress(revision_numbered(article, number), by=person())
    say(f"Readers see the words of version {number} again.")
    return _versions(article_id)


def _versions(article_id: int) -> Response:
    return redirect(url_for("newsroom.articles.revisions", article_id=article_id), 303)
