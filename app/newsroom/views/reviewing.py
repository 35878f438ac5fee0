"""The page "Review and publish", also as the answer to an act on it that was refused.

A refused act shows the page as it is now, with the reason and with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import request
from werkzeug.wrappers import Response

from app.accounts.newsroom import person
from app.articles.access import editable_by
from app.articles.comparison import Comparison, compare
from app.articles.content import Content
from app.articles.models import Article, Revision
from app.audit.queries import entries_about
from app.core.characters import clean, meant
from app.core.errors import Conflict, NotReady
from app.core.web import status_of
from app.live.models import Publication
from app.live.queries.labels import labels_of
from app.live.queries.preview import draft_story
from app.live.queries.publications import last_public
from app.live.shapes import Story
from app.live.story_links import affected_by_withdrawing
from app.newsroom.forms.publishing import KINDS, ActForm, ChangeForm, ComebackForm, FirstForm
from app.newsroom.pages import picture_folders
from app.newsroom.pages.open_story import OpenStory, open_story
from app.newsroom.pages.publish_page import PublishPage
from app.newsroom.pages.refused_act import RefusedAct
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_head import story_head
from app.publishing.addresses import address_of
from app.publishing.queries import is_return
from app.publishing.readiness import problems, taken_back, warnings

Answer = Response | tuple[str, int]
_CHANGED = "The {kind} has changed since you opened this page. What is shown here is new: look at it again."


def publish_form(article: Article) -> type[FirstForm | ChangeForm]:
    """The form that publishes the draft: it asks what kind of change it is if readers have seen the story."""
    if article.published_at is None or is_return(article, article.draft.version):
        return FirstForm
    return ChangeForm if article.is_live else ComebackForm


def publish_page(
    story: OpenStory, form: FirstForm | ChangeForm, refused: RefusedAct | None = None
) -> str:
    """The page: what is ready, what is missing, which changes readers will see, and who has to do what."""
    article, publication = story.article, story.publication
    content = article.draft.content
    address, missing = address_of(article, content), problems(article, content)
    if address.problem:
        missing["slug"] = address.problem
    if refused or not article.is_live:
        missing |= taken_back(article, content)
    head = story_head(story)
    page = PublishPage(
        story,
        person(),
        address.path,
        missing,
        warnings(content),
        _comparison(story.live or last_public(article), content),
        head.submission,
        refused,
    )
    return render(
        "newsroom/publishing/show.html",
        article=article,
        head=head,
        page=page,
        text=_text(article, publication) if page.shows_text else None,
        touched=affected_by_withdrawing(publication) if publication else (),
        entries=entries_about("article", article.id, limit=50),
        form=form,
        kinds=KINDS,
    )


def _text(article: Article, publication: Publication | None) -> Story:
    return draft_story(article, publication, picture_folders.of_draft(article.id))


def _comparison(seen: Revision | None, content: Content) -> Comparison | None:
    """The changes that readers will see. None when they have never seen the story."""
    if seen is None:
        return None
    return compare(seen.content, content, labels_of(seen.content, content))


def shown_again(view: Callable[[int], Answer]) -> Callable[[int], Answer]:
    """Answer a refused act with the page as it is now and with what was typed."""

    @wraps(view)
    def attempt(article_id: int) -> Answer:
        try:
            return view(article_id)
        except (Conflict, NotReady) as error:
            return _refusal(article_id, view.__name__, error), status_of(error)

    return attempt


def _refusal(article_id: int, act: str, error: Conflict | NotReady) -> str:
    story = open_story(editable_by(person()), article_id)
    found = error.problems if isinstance(error, NotReady) else {}
    form = publish_form(story.article)(**({} if act == "publish" else {"formdata": None}))
    if act == "publish":
        form.point_out(found)
    sent = ActForm().version.data
    is_stale = not isinstance(error, Conflict) and sent != story.article.draft.version
    sentences = [*(() if form.errors else (str(error),))]
    if is_stale:
        sentences.append(_CHANGED.format(kind=story.article.kind))
    return publish_page(story, form, RefusedAct(act, tuple(sentences), _written(), _LABELS))


_LABELS = {"kind": "Kind of change", "reason": "What readers are told of it", "note": "Note"}


def _written() -> dict[str, str]:
    """What was typed into the form of the request, as it can be shown."""
    typed = {name: clean(meant(request.form.get(name, ""))).strip() for name in ("reason", "note")}
    return {name: text for name, text in typed.items() if text}
