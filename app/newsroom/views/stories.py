"""Listing, starting and previewing stories."""

from __future__ import annotations

import re
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
from app.newsroom.pages import picture_folders
from app.newsroom.pages.open_story import open_story
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_list import StoryList
from app.newsroom.queries import StoryFilters, list_page, state_counts
from app.newsroom.views.blueprint import bp
from app.newsroom.views.drafts import save_again, say_numbered, say_started
from app.newsroom.views.editing import (
    empty_form,
    names_in,
    offered_form,
    read_form,
)
from app.newsroom.views.story_pictures import shown_lead
from app.taxonomy.queries import categories

Page = str | tuple[str, int] | Response
_FORM_KEY = re.compile("[A-Za-z0-9_-]{32}")


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
        may_review=person().may(Act.SEND_BACK, None),
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
    """An empty form. Nothing is stored until it is saved.

    The form's key is in the URL. So the form is the same one after the browser's Back, and not another story:
    if it has made a story already, this leads to that story.
    """
    kind = (
        ArticleKind.PAGE
        if request.args.get("kind") == ArticleKind.PAGE.value
        else ArticleKind.STORY
    )
    key = request.args.get("form", "")
    if not _FORM_KEY.fullmatch(key):
        asked = kind.value if kind is ArticleKind.PAGE else None
        new_key = secrets.token_urlsafe(24)
        return redirect(url_for("newsroom.articles.new", kind=asked, form=new_key), 303)
    made = story_of_form(key, person())
    if made is not None:
        say(f"This is the {made.kind} that the form has made. Save changes it.")
        return redirect(url_for("newsroom.articles.edit", article_id=made.id), 303)
    return new_page(empty_form(key, kind))


def new_page(form: StoryForm, status: int = 200, **more: object) -> Page:
    """The form of a story that is not stored yet. What changes it without saving calls this too."""
    page = render(
        "newsroom/stories/new.html",
        form=form,
        markdown_help=markdown.HELP,
        lead=shown_lead(form, None, {}),
        **more,
    )
    return page, status


@bp.post("")
@needs(Act.START)
def create() -> Page:
    """Start a story with the content of the form, or change the one that this form has made before."""
    form = offered_form()
    made = story_of_form(form.form_key.data or "", person())
    if made is not None:
        return save_again(made.id)
    content = read_form(form, Body.empty())
    if content is None:
        return new_page(form, 422)
    try:
        with transaction():
            article = actions.start(
                content,
                names=names_in(form),
                kind=ArticleKind(form.kind.data or ArticleKind.STORY),
                form_key=form.form_key.data or "",
                by=person(),
            )
            actions.keep_typed_lines(article, form.typed)
    except Conflict as conflict:
        made = story_of_form(form.form_key.data or "", person())
        if made is not None:  # the same form was sent twice at the same moment
            return save_again(made.id)
        form.blame(conflict)
        return new_page(form, 409)
    say_started(article)
    say_numbered(form)
    return redirect(url_for("newsroom.articles.edit", article_id=article.id), 303)


@bp.get("/<int:article_id>/preview")
@needs(Act.EDIT)
def preview(article_id: int) -> Page:
    """The draft as readers would see it."""
    opened = open_story(editable_by(person()), article_id)
    article = opened.article
    story = draft_story(article, opened.publication, picture_folders.of_draft(article.id))
    use_language(story.language)
    return pages.render(pages.READER_STORY, "newsroom/stories/preview.html", story, article=article)
