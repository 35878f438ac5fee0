"""Listing, starting, revising and previewing stories."""

from __future__ import annotations

import secrets

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles import actions
from app.articles.access import editable_by
from app.articles.content import Content
from app.articles.merging import Clash, Picks, sides_of
from app.articles.models import Article, ArticleKind, State
from app.articles.queries.form_keys import story_of_form
from app.articles.queries.revisions import content_at_version
from app.body import markdown
from app.body.document import Body
from app.core import pages
from app.core.db import transaction
from app.core.errors import Conflict
from app.core.language import use_language
from app.core.messages import say
from app.live.queries.preview import draft_story
from app.newsroom.forms.story import StoryForm, row_id
from app.newsroom.pages.open_story import OpenStory, open_story
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_head import story_head
from app.newsroom.pages.story_list import StoryList
from app.newsroom.pages.wording import who_saved
from app.newsroom.queries import StoryFilters, list_page, state_counts
from app.newsroom.views.blueprint import bp
from app.newsroom.views.editing import (
    draft_form,
    empty_form,
    named,
    names_in,
    offered_form,
    read_form,
)
from app.taxonomy.queries import categories

Page = str | tuple[str, int] | Response


@bp.get("")
@needs(Act.READ)
def index() -> Page:
    """The list of stories, narrowed by what the address asks for."""
    filters = _asked_filters()
    stories = StoryList(
        list_page(person(), filters),
        filters,
        state_counts(person()),
        may_narrow_to_own=person().may(Act.EDIT, None),
    )
    return render("newsroom/stories/list.html", stories=stories, categories=categories())


def _asked_filters() -> StoryFilters:
    asked = request.args
    return StoryFilters(
        state=next((state for state in State if state.value == asked.get("state")), None),
        category_id=asked.get("category", type=row_id),
        mine=person().id if asked.get("mine") else None,
        headline=asked.get("headline", "").replace("\0", "").strip()[:200],
        before=asked.get("before", type=row_id),
    )


@bp.get("/new")
@needs(Act.START)
def new() -> Page:
    """An empty form; nothing is kept until it is saved."""
    kind = (
        ArticleKind.PAGE
        if request.args.get("kind") == ArticleKind.PAGE.value
        else ArticleKind.STORY
    )
    return _new_page(empty_form(secrets.token_urlsafe(24), kind))


def _new_page(form: StoryForm, status: int = 200) -> Page:
    page = render("newsroom/stories/new.html", form=form, markdown_help=markdown.HELP)
    return page, status


@bp.post("")
@needs(Act.START)
def create() -> Page:
    """Start a story with what the form holds."""
    form = offered_form()
    content = read_form(form, Body.empty())
    if content is None:
        return _new_page(form, 422)
    try:
        with transaction():
            article = actions.start(
                content,
                names=names_in(form),
                kind=ArticleKind(form.kind.data or ArticleKind.STORY),
                form_key=form.form_key.data or "",
                by=person(),
            )
    except Conflict as conflict:
        # The same form, sent twice at the same moment: the other one was first.
        made = story_of_form(form.form_key.data or "", person())
        if made is None:
            form.blame(conflict)
            return _new_page(form, 409)
        article = made
    say(f"The {article.kind} is saved as a draft. Readers do not see it yet.")
    return redirect(url_for("newsroom.articles.edit", article_id=article.id), 303)


@bp.get("/<int:article_id>")
@needs(Act.EDIT)
def edit(article_id: int) -> Page:
    """The edit form, filled with the draft."""
    story = open_story(editable_by(person()), article_id)
    return _edit_page(story, draft_form(story.article))


def _edit_page(story: OpenStory, form: StoryForm, status: int = 200, **more: object) -> Page:
    page = render(
        "newsroom/stories/edit.html",
        article=story.article,
        head=story_head(story),
        form=form,
        markdown_help=markdown.HELP,
        **more,
    )
    return page, status


@bp.post("/<int:article_id>/draft")
@needs(Act.EDIT)
def save(article_id: int) -> Page:
    """Save the form over the version it was made from, merging what others have saved since."""
    story = open_story(editable_by(person()), article_id)
    form = offered_form(story.article.draft, kind=story.article.kind)
    try:
        content = read_form(form, _base_body(story.article, form), story.article)
        if content is None:
            return _edit_page(story, form, 422)
        return _save(article_id, form, content)
    except Conflict as conflict:
        form.blame(conflict)
        return _edit_page(open_story(editable_by(person()), article_id), form, 409)


def _base_body(article: Article, form: StoryForm) -> Body:
    return content_at_version(article, form.version.data or 0).body


def _save(article_id: int, form: StoryForm, content: Content) -> Page:
    with transaction():
        article = editable_by(person()).one_or_404(article_id)
        outcome = actions.save(
            article,
            content,
            names=names_in(form),
            based_on=form.version.data or 0,
            picks=_picks(),
            by=person(),
        )
    if isinstance(outcome, Clash):
        return _clash_page(article_id, form, outcome)
    _say_saved(outcome)
    return redirect(url_for("newsroom.articles.edit", article_id=article_id), 303)


def _clash_page(article_id: int, form: StoryForm, clash: Clash) -> Page:
    """The form with both sides of each clashing place, and the version of the draft that they show."""
    story = open_story(editable_by(person()), article_id)
    draft = story.article.draft
    return _edit_page(
        story,
        form,
        409,
        clash=named(clash),
        head_version=draft.version,
        whose=who_saved(draft.changed_by, person()),
    )


def _picks() -> Picks | None:
    """The choices made on a clash page, with the version of the draft that it showed."""
    head = request.form.get("head", type=int)
    if head is None:
        return None
    prefix = "pick-"
    sides = {
        key[len(prefix) :]: value for key, value in request.form.items() if key.startswith(prefix)
    }
    return Picks(head, sides_of(sides))


def _say_saved(outcome: actions.Saved) -> None:
    if outcome.revision is None:
        say("Nothing had changed, so no new version was made.")
    elif outcome.merged_with:
        say(
            f"Saved as version {outcome.revision.number}, merged with what {outcome.merged_with} "
            "had saved meanwhile. Look it over."
        )
    else:
        say(f"Saved as version {outcome.revision.number}.")


@bp.get("/<int:article_id>/draft")
@needs(Act.EDIT)
def reopen(article_id: int) -> Page:
    """Where a refused save left the browser: opened anew, it leads back to the form."""
    article = editable_by(person()).one_or_404(article_id)
    return redirect(url_for("newsroom.articles.edit", article_id=article.id), 303)


@bp.get("/<int:article_id>/preview")
@needs(Act.EDIT)
def preview(article_id: int) -> Page:
    """The draft as the page that readers would get."""
    opened = open_story(editable_by(person()), article_id)
    article, story = opened.article, draft_story(opened.article, opened.publication)
    use_language(story.language)
    return pages.render(pages.READER_STORY, "newsroom/stories/preview.html", story, article=article)
