"""Editing a story's draft: the form, saving it, and choosing where two people's changes clash."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles import actions
from app.articles.access import editable_by
from app.articles.content import Content
from app.articles.merging import Clash, Picks, sides_of
from app.articles.models import FIRST_VERSION, Article
from app.articles.queries.revisions import content_at_version
from app.body import markdown
from app.core.db import transaction
from app.core.errors import Conflict
from app.core.messages import say
from app.media.models import Picture
from app.media.queries import pictures
from app.newsroom.forms.story import StoryForm
from app.newsroom.pages.line_ends import line_ends_notice
from app.newsroom.pages.open_story import OpenStory, open_story
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_head import story_head
from app.newsroom.pages.wording import who_saved
from app.newsroom.views.blueprint import bp
from app.newsroom.views.editing import (
    draft_form,
    named,
    names_in,
    offered_form,
    read_form,
)
from app.newsroom.views.story_pictures import figures_to_look_over, shown_lead, with_lead_words

Page = str | tuple[str, int] | Response


@bp.get("/<int:article_id>")
@needs(Act.EDIT)
def edit(article_id: int) -> Page:
    """The edit form, filled with the draft."""
    story = open_story(editable_by(person()), article_id)
    notice = line_ends_notice(story.article.draft)
    stored = pictures(story.article.draft.content.picture_ids)
    return edit_page(story, draft_form(story.article, stored), stored=stored, line_ends=notice)


def edit_page(
    story: OpenStory,
    form: StoryForm,
    status: int = 200,
    stored: Mapping[int, Picture] | None = None,
    **more: object,
) -> Page:
    """The edit form as `form` has it.

    `stored` has the pictures of the draft, if they are at hand.
    `former_words` is given when the form was changed and not saved: what it held about a former lead picture.
    """
    page = render(
        "newsroom/stories/edit.html",
        article=story.article,
        head=story_head(story),
        form=form,
        markdown_help=markdown.HELP,
        lead=shown_lead(form, story.article, stored or {}),
        **more,
    )
    return page, status


@bp.post("/<int:article_id>/draft")
@needs(Act.EDIT)
def save(article_id: int) -> Page:
    """Save the form, and merge what others have saved since the form was opened."""
    story = open_story(editable_by(person()), article_id)
    return _saved(story, offered_form(kind=story.article.kind))


def save_again(article_id: int) -> Page:
    """Save what the form of a new story brings after it has made the story `article_id`.

    The form started from what it had saved then, so that later changes by others are merged.
    """
    story = open_story(editable_by(person()), article_id)
    form = offered_form(kind=story.article.kind)
    form.base_on(FIRST_VERSION)
    return _saved(story, form)


def _saved(story: OpenStory, form: StoryForm) -> Page:
    article, is_new = story.article, bool(form.form_key.data)
    try:
        base = content_at_version(article, form.version.data or 0)
        if is_new:  # the address that the story was given is in no form for new stories
            form.slug.data = form.slug.data or base.slug
        content = read_form(form, base.body, article)
        if content is None:
            return edit_page(story, form, 422)
        return _save(article.id, form, base, content)
    except Conflict as conflict:
        form.blame(conflict)
        return edit_page(open_story(editable_by(person()), article.id), form, 409)


def _save(article_id: int, form: StoryForm, base: Content, content: Content) -> Page:
    content, replaced = with_lead_words(form, base, content)
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
        if not isinstance(outcome, Clash):
            actions.keep_typed_lines(article, form.typed)
    if isinstance(outcome, Clash):
        return _clash_page(article_id, form, outcome)
    if form.form_key.data and outcome.revision is None:
        say_started(article)
    else:
        _say_saved(outcome)
    for sentence in filter(None, (replaced, *figures_to_look_over(base, content))):
        say(sentence)
    say_numbered(form)
    return redirect(url_for("newsroom.articles.edit", article_id=article_id), 303)


def _clash_page(article_id: int, form: StoryForm, clash: Clash) -> Page:
    """The form with both sides of each clash, and the version of the draft that it shows."""
    story = open_story(editable_by(person()), article_id)
    draft = story.article.draft
    return edit_page(
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


def say_started(article: Article) -> None:
    """Say that a new story is there."""
    say(f"The {article.kind} is saved as a draft. Readers do not see it yet.")


def say_numbered(form: StoryForm) -> None:
    """Say that lines have other numbers now than were typed, if they have."""
    if form.counted:
        say("Lines that all began with 1. are numbered on from there. Look them over.")


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
    """The URL that a refused save leaves in the browser. Opening it again leads back to the form."""
    article = editable_by(person()).one_or_404(article_id)
    return redirect(url_for("newsroom.articles.edit", article_id=article.id), 303)
