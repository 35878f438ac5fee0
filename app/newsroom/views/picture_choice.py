"""Choosing a picture for a story, as its lead or in its text; also by adding a file.

The story's form is sent here with all that was typed, and comes back with the picture. Nothing of the story
is stored. The page to choose on carries the typed words along; a script shows its list over the form instead.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.access import editable_by
from app.articles.lead_words import LEAD_WORDS
from app.body.markdown import places_in
from app.core.addresses import receives_files
from app.core.messages import say
from app.media.models import Picture
from app.newsroom.choosable_pictures import usable_picture
from app.newsroom.chosen_picture import completed, taken_out, with_figures, words_of_library
from app.newsroom.forms.story import StoryForm, row_id
from app.newsroom.pages.open_story import open_story
from app.newsroom.pages.picture_choice import ChoiceAddresses, ChosenFor, PictureChoice
from app.newsroom.pages.rendering import render
from app.newsroom.views.asked_pictures import asked_pictures
from app.newsroom.views.drafts import edit_page
from app.newsroom.views.editing import offered_form
from app.newsroom.views.picture_library import MOST_AT_ONCE, add_each, sent_files
from app.newsroom.views.stories import new_page

Page = str | tuple[str, int] | Response

bp = Blueprint("picture_choice", __name__, url_prefix="/picture-choice")
receives_files(bp)

# Fields of the choice itself; all others are the story's.
_OWN = ("csrf_token", "for", "words", "before", "line", "picture", "files")


@bp.get("")
@needs(Act.ADD_PICTURES)
def choices() -> Page:
    """The list alone, which the script shows over the form."""
    return render("newsroom/picture_choice/_choice.html", choice=_choice())


@bp.post("")
@needs(Act.ADD_PICTURES)
def choose() -> Page:
    """The page to choose on, with everything that was typed."""
    return _choice_page()


def _choice_page(problems: list[str] | None = None, status: int = 200) -> Page:
    page = render("newsroom/picture_choice/page.html", choice=_choice(), problems=problems)
    return page, status


def _choice() -> PictureChoice:
    asked = request.values
    return PictureChoice(
        _chosen_for(),
        _addresses(),
        *asked_pictures(),
        person(),
        [(name, value) for name, value in request.form.items(multi=True) if name not in _OWN],
        places_in(asked.get("body", "")) if _chosen_for() is ChosenFor.TEXT else (),
        asked.get("line", type=int),
    )


def _addresses() -> ChoiceAddresses:
    place = "lead-picture" if _chosen_for() is ChosenFor.LEAD else "body"
    search, take, add, leave = (
        url_for(f"newsroom.picture_choice.{name}", _anchor=anchor)
        for name, anchor in (("choose", None), ("take", place), ("add", place), ("leave", place))
    )
    return ChoiceAddresses(search, take, add, leave)


def _chosen_for() -> ChosenFor:
    is_text = request.values.get("for") == ChosenFor.TEXT.value
    return ChosenFor.TEXT if is_text else ChosenFor.LEAD


@bp.post("/picture")
@needs(Act.ADD_PICTURES)
def take() -> Page:
    """The story's form with the chosen picture, or with none. A text may get several at once."""
    numbers = [each for each in request.form.getlist("picture", type=row_id) if each]
    chosen = _usable(numbers[:MOST_AT_ONCE])
    if len(chosen) < len(numbers):
        return _choice_page(["This picture is not there any more. Choose another."], 422)
    return _form_with(chosen)


def _usable(numbers: Sequence[int]) -> list[Picture]:
    found = (usable_picture(person(), number) for number in numbers)
    return [picture for picture in found if picture is not None]


@bp.post("/files")
@needs(Act.ADD_PICTURES)
def add() -> Page:
    """Add the files that were sent; a single one, or for a text all of them, are chosen at once."""
    files = sent_files()
    if not files:
        return _choice_page(["Choose a file first."], 422)
    added, refused = add_each(files)
    are_all_wanted = len(added) == 1 or _chosen_for() is ChosenFor.TEXT
    if are_all_wanted and not refused:
        return _form_with(_usable(added))
    if added:
        say("What could be added is in the library and can be chosen here.")
    return _choice_page(refused, 422 if refused else 200)


@bp.post("/story")
@needs(Act.ADD_PICTURES)
def leave() -> Page:
    """The story's form as it was."""
    return _story_page(offered_form(), {})


@bp.get("/story")
@bp.get("/picture")
@bp.get("/files")
@needs(Act.ADD_PICTURES)
def reopen() -> Page:
    """The URLs that a choice leaves in the browser. Opened again, they have no form any more."""
    return redirect(url_for("newsroom.articles.index"), 303)


def _form_with(chosen: Sequence[Picture]) -> Page:
    form = offered_form()
    if _chosen_for() is ChosenFor.LEAD:
        return _story_page(form, _lead_with(form, next(iter(chosen), None)))
    if chosen:
        text, line = form.body.data or "", request.form.get("line", type=int)
        form.body.data = with_figures(text, chosen, len(text) if line is None else line)
    return _story_page(form, {})


def _lead_with(form: StoryForm, chosen: Picture | None) -> dict[str, str]:
    """Put the chosen lead picture into the form; what was written about the former one is returned."""
    number = chosen.id if chosen else None
    if form.lead_picture_id.data == number:
        return {}
    written = {name: form[name].data or "" for name in LEAD_WORDS}
    held = form.lead_picture_id.data
    if held is None:
        words, former = completed(written, chosen), {}
    else:
        words = words_of_library(chosen)
        former_words = words_of_library(usable_picture(person(), held))
        former = taken_out(written, former_words, words)
    form.lead_picture_id.data = form.lead_words_id.data = number
    for name, text in words.items():
        form[name].data = text
    return former


def _story_page(form: StoryForm, former_words: dict[str, str]) -> Page:
    """The form of the story, or of a new one, with a note on what it held about a former picture."""
    article_id = request.form.get("article_id", type=row_id)
    if article_id is not None:
        return edit_page(
            open_story(editable_by(person()), article_id), form, former_words=former_words
        )
    form.form_key.data = form.form_key.data or secrets.token_urlsafe(24)
    return new_page(form, former_words=former_words)
