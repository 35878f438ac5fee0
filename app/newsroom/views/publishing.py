"""The page that says what publishing will do, and the acts on it: each POSTs or DELETEs a noun."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.access import Stories, editable_by
from app.core.db import transaction
from app.core.errors import NotReady
from app.core.messages import say
from app.live.models import SuppressionReason
from app.newsroom.forms.publishing import ActForm, ComebackForm
from app.newsroom.pages.open_story import open_story
from app.newsroom.views.reviewing import Answer, publish_form, publish_page, shown_again
from app.publishing import actions, review
from app.publishing.suppression import suppress_earlier

AnyForm = TypeVar("AnyForm", bound=ActForm)

bp = Blueprint("publishing", __name__, url_prefix="/articles")


@bp.get("/<int:article_id>/publication")
@needs(Act.EDIT)
def show(article_id: int) -> str:
    """The page: what is ready, what is missing, which changes readers will see, and who has to do what."""
    story = open_story(editable_by(person()), article_id)
    return publish_page(story, publish_form(story.article)(formdata=None))


@bp.post("/<int:article_id>/publication")
@needs(Act.PUBLISH)
@shown_again
def publish(article_id: int) -> Answer:
    """Publish the draft, or the changes to a live story."""
    story = open_story(Stories(person(), Act.PUBLISH), article_id)
    form = _valid(publish_form(story.article)())
    with transaction():
        article = Stories(person(), Act.PUBLISH).one_or_404(article_id)
        actions.publish_draft(
            article,
            version=form.version.data or 0,
            change=form.change_note(),
            note=form.note.data or "",
            by=person(),
        )
        if isinstance(form, ComebackForm) and form.hide_earlier.data:
            reason = SuppressionReason(form.hide_earlier.data)
            suppress_earlier(article, reason, by=person())
    is_change = form.change_note() is not None
    say("The changes are live now." if is_change else "Live now. Readers see this version.")
    return _back_to(article_id)


def _valid(form: AnyForm) -> AnyForm:
    """`form`, if it is valid. Raises `NotReady` with the problem of each field."""
    if not form.validate():
        found = form.problems()
        raise NotReady("; ".join(found.values()), found)
    return form


def _back_to(article_id: int) -> Response:
    return redirect(url_for("newsroom.publishing.show", article_id=article_id), 303)


@bp.post("/<int:article_id>/publication/delete")
@needs(Act.WITHDRAW)
@shown_again
def withdraw(article_id: int) -> Answer:
    """Take a live story away from readers."""
    form = _valid(ActForm())
    with transaction():
        article = Stories(person(), Act.WITHDRAW).one_or_404(article_id)
        actions.withdraw(article, note=form.note.data or "", by=person())
    say("Withdrawn. Its address tells readers so; the draft and all versions are kept.")
    return _back_to(article_id)


@bp.post("/<int:article_id>/submission")
@needs(Act.SUBMIT)
@shown_again
def submit(article_id: int) -> Answer:
    """Send the draft for review."""
    form = _valid(ActForm())
    with transaction():
        article = Stories(person(), Act.SUBMIT).one_or_404(article_id)
        review.submit(
            article, version=form.version.data or 0, note=form.note.data or "", by=person()
        )
    say("Sent for review. You can go on writing; the editors see the newest version.")
    return _back_to(article_id)


@bp.post("/<int:article_id>/submission/delete")
@needs(Act.SEND_BACK)
@shown_again
def send_back(article_id: int) -> Answer:
    """Answer a submission with a note on what is still to be done."""
    form = _valid(ActForm())
    with transaction():
        article = Stories(person(), Act.SEND_BACK).one_or_404(article_id)
        review.send_back(article, note=form.note.data or "", by=person())
    say("Sent back with your note.")
    return _back_to(article_id)


@bp.get("/<int:article_id>/publication/delete")
@bp.get("/<int:article_id>/submission")
@bp.get("/<int:article_id>/submission/delete")
@needs(Act.EDIT)
def reopen(article_id: int) -> Response:
    """The URLs that refused acts leave in the browser. Opening one again leads back to the page."""
    return _back_to(editable_by(person()).one_or_404(article_id).id)
