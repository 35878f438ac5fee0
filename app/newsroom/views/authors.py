"""The authors: their list, the page of one, and the choice of a portrait."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.core.addresses import receives_files
from app.core.characters import clean
from app.core.db import LARGEST_ID, db, transaction
from app.core.errors import NotFound, NotReady
from app.core.messages import say
from app.live.portraits import choose_portrait, remove_portrait
from app.media.models import Picture
from app.media.rights import said_of_rights, today
from app.newsroom.author_list import authors_page
from app.newsroom.forms.story import row_id
from app.newsroom.pages.authors import AuthorList, portrait_choice
from app.newsroom.pages.rendering import render
from app.newsroom.views.added_pictures import add_to_describe
from app.newsroom.views.asked_pictures import asked_pictures
from app.taxonomy.models import Author

Page = str | tuple[str, int] | Response

bp = Blueprint("authors", __name__, url_prefix="/authors")
receives_files(bp)


@bp.get("")
@needs(Act.CHOOSE_PORTRAITS)
def index() -> Page:
    """The authors by name."""
    words, after = _asked("words"), _asked("after")
    authors = AuthorList(authors_page(words, after), words, after)
    return render("newsroom/authors/list.html", authors=authors)


def _asked(name: str) -> str:
    return clean(request.values.get(name, "")).strip()[:240]


@bp.get("/<int:author_id>")
@needs(Act.CHOOSE_PORTRAITS)
def show(author_id: int) -> Page:
    """One author, as readers see the name, with the portrait."""
    author = _author(author_id)
    picture = db.session.get(Picture, author.portrait_id) if author.portrait_id else None
    rights = said_of_rights(picture, today()) if picture else ""
    return render("newsroom/authors/show.html", author=author, picture=picture, rights=rights)


def _author(author_id: int) -> Author:
    found = db.session.get(Author, author_id) if 0 < author_id <= LARGEST_ID else None
    if found is None:
        raise NotFound("There is no such author.")
    return found


@bp.get("/<int:author_id>/portrait-choice")
@needs(Act.CHOOSE_PORTRAITS)
def choices(author_id: int) -> Page:
    """The pictures to choose a portrait from."""
    return _choice_page(_author(author_id))


@bp.post("/<int:author_id>/portrait-choice")
@needs(Act.CHOOSE_PORTRAITS)
def choose(author_id: int) -> Page:
    """The pictures that fit the words that were searched for, or older ones."""
    return _choice_page(_author(author_id))


def _choice_page(author: Author, problems: list[str] | None = None, status: int = 200) -> Page:
    choice = portrait_choice(author, *asked_pictures(), person())
    return render("newsroom/picture_choice/page.html", choice=choice, problems=problems), status


@bp.post("/<int:author_id>/portrait")
@needs(Act.CHOOSE_PORTRAITS)
def set_portrait(author_id: int) -> Page:
    """Make a picture the author's portrait."""
    number = request.form.get("picture", type=row_id)
    try:
        with transaction():
            choose_portrait(_author(author_id), number or 0, by=person())
    except NotReady as error:
        return _choice_page(_author(author_id), [str(error)], 422)
    say("The portrait is chosen. Readers see it beside the stories of this author.")
    return _to(author_id)


@bp.post("/<int:author_id>/portrait/delete")
@needs(Act.CHOOSE_PORTRAITS)
def delete_portrait(author_id: int) -> Page:
    """Show the author without a portrait."""
    with transaction():
        remove_portrait(_author(author_id), by=person())
    say("The portrait is taken away. The picture stays in the library.")
    return _to(author_id)


@bp.post("/<int:author_id>/portrait-choice/files")
@needs(Act.CHOOSE_PORTRAITS)
def add(author_id: int) -> Page:
    """Add the files that were sent, so that one can be chosen when it is described."""
    _author(author_id)
    return add_to_describe(lambda problems: _choice_page(_author(author_id), problems, 422))


@bp.get("/<int:author_id>/portrait")
@bp.get("/<int:author_id>/portrait/delete")
@bp.get("/<int:author_id>/portrait-choice/files")
@needs(Act.CHOOSE_PORTRAITS)
def reopen(author_id: int) -> Page:
    """The addresses that a refused act leaves in the browser lead back to the author."""
    return _to(_author(author_id).id)


def _to(author_id: int) -> Response:
    return redirect(url_for("newsroom.authors.show", author_id=author_id), 303)
