"""The page that says what publishing will do, and the acts on it: each POSTs or DELETEs a noun."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.access import Stories, editable_by
from app.articles.comparison import Comparison, compare
from app.articles.content import Content
from app.articles.models import Article, Revision
from app.audit.queries import entries_about
from app.core.db import transaction
from app.core.errors import NotReady
from app.core.messages import say
from app.live.models import SuppressionReason
from app.live.queries.labels import labels_of
from app.live.queries.publications import last_public
from app.live.story_links import affected_by_withdrawing
from app.newsroom.forms.publishing import KINDS, ActForm, ChangeForm, ComebackForm, FirstForm
from app.newsroom.pages.open_story import OpenStory, open_story
from app.newsroom.pages.publish_page import PublishPage
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_head import story_head
from app.publishing import actions, review
from app.publishing.addresses import address_of
from app.publishing.queries import is_return
from app.publishing.readiness import problems, warnings
from app.publishing.suppression import suppress_earlier

bp = Blueprint("publishing", __name__, url_prefix="/articles")


@bp.get("/<int:article_id>/publication")
@needs(Act.EDIT)
def show(article_id: int) -> str:
    """The page: what is ready, what is missing, which changes readers will see, and who has to do what."""
    story = open_story(editable_by(person()), article_id)
    return _page(story, _form_for(story.article)(formdata=None))


def _form_for(article: Article) -> type[FirstForm | ChangeForm]:
    if article.published_at is None or is_return(article, article.draft.version):
        return FirstForm
    return ChangeForm if article.is_live else ComebackForm


def _page(story: OpenStory, form: FirstForm | ChangeForm) -> str:
    article, publication = story.article, story.publication
    content = article.draft.content
    address, missing = address_of(article, content), problems(article, content)
    if address.problem:
        missing["slug"] = address.problem
    head = story_head(story)
    page = PublishPage(
        story,
        person(),
        address.path,
        missing,
        warnings(content),
        _comparison(story.live or last_public(article), content),
        head.submission,
    )
    return render(
        "newsroom/publishing/show.html",
        article=article,
        head=head,
        page=page,
        touched=affected_by_withdrawing(publication) if publication else (),
        entries=entries_about("article", article.id, limit=50),
        form=form,
        kinds=KINDS,
    )


def _comparison(seen: Revision | None, content: Content) -> Comparison | None:
    """The changes that readers will see. None when they have never seen the story."""
    if seen is None:
        return None
    return compare(seen.content, content, labels_of(seen.content, content))


@bp.post("/<int:article_id>/publication")
@needs(Act.PUBLISH)
def publish(article_id: int) -> Response | tuple[str, int]:
    """Publish the draft, or the changes to a live story."""
    story = open_story(Stories(person(), Act.PUBLISH), article_id)
    form = _form_for(story.article)()
    if not form.validate():
        return _page(story, form), 422
    try:
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
    except NotReady as error:
        form.point_out(error.problems)
        return _page(open_story(editable_by(person()), article_id), form), 422
    is_change = form.change_note() is not None
    say("The changes are live now." if is_change else "Live now. Readers see this version.")
    return _back_to(article_id)


def _checked() -> ActForm:
    form = ActForm()
    if not form.validate():
        raise NotReady("; ".join(form.problems().values()))
    return form


def _back_to(article_id: int) -> Response:
    return redirect(url_for("newsroom.publishing.show", article_id=article_id), 303)


@bp.post("/<int:article_id>/publication/delete")
@needs(Act.WITHDRAW)
def withdraw(article_id: int) -> Response:
    """Take a live story away from readers."""
    form = _checked()
    with transaction():
        article = Stories(person(), Act.WITHDRAW).one_or_404(article_id)
        actions.withdraw(article, note=form.note.data or "", by=person())
    say("Withdrawn. Its address tells readers so; the draft and all versions are kept.")
    return _back_to(article_id)


@bp.post("/<int:article_id>/submission")
@needs(Act.SUBMIT)
def submit(article_id: int) -> Response:
    """Send the draft for review."""
    form = _checked()
    with transaction():
        article = Stories(person(), Act.SUBMIT).one_or_404(article_id)
        review.submit(
            article, version=form.version.data or 0, note=form.note.data or "", by=person()
        )
    say("Sent for review. You can go on writing; the editors see the newest version.")
    return _back_to(article_id)


@bp.post("/<int:article_id>/submission/delete")
@needs(Act.SEND_BACK)
def send_back(article_id: int) -> Response:
    """Answer a submission with a note on what is still to be done."""
    form = _checked()
    with transaction():
        article = Stories(person(), Act.SEND_BACK).one_or_404(article_id)
        review.send_back(article, note=form.note.data or "", by=person())
    say("Sent back with your note.")
    return _back_to(article_id)
