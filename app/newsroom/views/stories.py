"""Listing, starting and previewing stories."""

from __future__ import annotations

import secrets

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles import actions
from app.articles.access import editable_by
from app.articles.models import ArticleKind, State
from app.articles.queries.form_keys import story_of_form
from app.body import markdown
from app.body.document import Body
from app.core import pages
from app.core.characters import clean, meant
from app.core.db import transaction
from app.core.errors import Conflict
from app.core.language import use_language
from app.core.messages import say
from app.live.queries.preview import draft_story
from app.newsroom.forms.story import StoryForm, row_id
from app.newsroom.pages.open_story import open_story
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_list import StoryList
from app.newsroom.queries import StoryFilters, list_page, state_counts
from app.newsroom.views.blueprint import bp
from app.newsroom.views.editing import (
    empty_form,
    names_in,
    offered_form,
    read_form,
)
from app.taxonomy.queries import categories

Page = str | tuple[str, int] | Response


@bp.get("")
@needs(Act.READ)
def index() -> Page:
    """The list of stories, filtered as the URL says."""
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
        headline=clean(meant(asked.get("headline", ""))).strip()[:200],
        before=asked.get("before", type=row_id),
    )


@bp.get("/new")
@needs(Act.START)
def new() -> Page:
    """An empty form. Nothing is stored until it is saved."""
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
    """Start a story with the content of the form."""
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
        # The same form was sent twice at the same moment, and the other request was first.
        made = story_of_form(form.form_key.data or "", person())
        if made is None:
            form.blame(conflict)
            return _new_page(form, 409)
        article = made
    say(f"The {article.kind} is saved as a draft. Readers do not see it yet.")
    return redirect(url_for("newsroom.articles.edit", article_id=article.id), 303)


@bp.get("/<int:article_id>/preview")
@needs(Act.EDIT)
def preview(article_id: int) -> Page:
    """The draft as readers would see it."""
    opened = open_story(editable_by(person()), article_id)
    article, story = opened.article, draft_story(opened.article, opened.publication)
    use_language(story.language)
    return pages.render(pages.READER_STORY, "newsroom/stories/preview.html", story, article=article)
