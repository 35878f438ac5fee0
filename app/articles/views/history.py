"""A story's versions: the list, any two compared, and bringing one back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.newsroom import person
from app.articles import actions
from app.articles.comparison import compare as compared
from app.articles.content import Content
from app.articles.models import Article
from app.articles.queries import desk
from app.articles.views.blueprint import bp
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.messages import say


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its key in the address, what to call it, and its content."""

    key: str
    title: str
    content: Content


@bp.get("/<int:article_id>/revisions")
def revisions(article_id: int) -> str:
    """All versions, newest first, each with who and why, and a choice of two to compare."""
    article = desk.editable_by(person()).one_or_404(article_id)
    return render_template(
        "articles/revisions.html",
        article=article,
        revisions=desk.revisions_of(article),
        person=person(),
    )


@bp.get("/<int:article_id>/comparison")
def compare(article_id: int) -> str:
    """Two versions as a redline; without a choice, what readers see against the draft."""
    article = desk.editable_by(person()).one_or_404(article_id)
    before = _side(article, request.args.get("before") or _usual_before(article))
    after = _side(article, request.args.get("after") or "draft")
    return render_template(
        "articles/compare.html",
        article=article,
        before=before,
        after=after,
        comparison=compared(before.content, after.content),
        revisions=desk.revisions_of(article),
        person=person(),
    )


def _usual_before(article: Article) -> str:
    return "live" if article.is_live else "1"


def _side(article: Article, key: str) -> Side:
    if key == "draft":
        return Side(key, "the draft", article.draft.content)
    if key == "live" and article.live_revision is not None:
        number = article.live_revision.number
        return Side(key, f"version {number}, which is live", article.live_revision.content)
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise NotFound("This story has no such version.")
    revision = desk.revision_numbered(article, int(key))
    return Side(key, f"version {revision.number}", revision.content)


@bp.post("/<int:article_id>/restorations")
def restore(article_id: int) -> Response:
    """Bring back the version whose number the form names, and offer to undo it."""
    number = request.form.get("number", type=int) or 0
    with transaction():
        article = desk.editable_by(person()).one_or_404(article_id)
        replaced = desk.revisions_of(article, limit=1)[0].number
        revision = actions.restore(article, desk.revision_numbered(article, number), by=person())
    say(
        f"Version {number} is the draft again, kept as version {revision.number}. "
        "Readers see no change until it is published.",
        undo=url_for("newsroom.articles.restore", article_id=article_id),
        number=replaced,
    )
    return redirect(url_for("newsroom.articles.edit", article_id=article_id), 303)
