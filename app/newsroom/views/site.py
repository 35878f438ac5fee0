"""The site itself: the picture of the front, which other sites show beside links."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.core.addresses import receives_files
from app.core.db import transaction
from app.core.errors import NotReady
from app.core.messages import say
from app.live.site_pictures import choose_front_picture, front_picture, remove_front_picture
from app.media.rights import said_of_rights, today
from app.newsroom.forms.story import row_id
from app.newsroom.pages.picture_choice import ChoiceAddresses, ChosenFor, PictureChoice
from app.newsroom.pages.rendering import render
from app.newsroom.views.added_pictures import add_to_describe
from app.newsroom.views.asked_pictures import asked_pictures

Page = str | tuple[str, int] | Response

bp = Blueprint("site", __name__, url_prefix="/site")
receives_files(bp)


@bp.get("")
@needs(Act.CHOOSE_SITE_PICTURES)
def show() -> Page:
    """What the site has of its own."""
    picture = front_picture()
    rights = said_of_rights(picture, today()) if picture else ""
    return render("newsroom/site/show.html", picture=picture, rights=rights)


@bp.get("/picture-choice")
@needs(Act.CHOOSE_SITE_PICTURES)
def choices() -> Page:
    """The pictures to choose from."""
    return _choice_page()


@bp.post("/picture-choice")
@needs(Act.CHOOSE_SITE_PICTURES)
def choose() -> Page:
    """The pictures that fit the words that were searched for, or older ones."""
    return _choice_page()


def _choice_page(problems: list[str] | None = None, status: int = 200) -> Page:
    names = ("choose", "set_picture", "add", "show")
    addresses = ChoiceAddresses(*(url_for(f"newsroom.site.{name}") for name in names))
    choice = PictureChoice(ChosenFor.FRONT, addresses, *asked_pictures(), person())
    return render("newsroom/picture_choice/page.html", choice=choice, problems=problems), status


@bp.post("/picture")
@needs(Act.CHOOSE_SITE_PICTURES)
def set_picture() -> Page:
    """Make a picture that of the front."""
    number = request.form.get("picture", type=row_id)
    try:
        with transaction():
            choose_front_picture(number or 0, by=person())
    except NotReady as error:
        return _choice_page([str(error)], 422)
    say("The picture is chosen. Other sites show it when they ask next for a page.")
    return _to_site()


@bp.post("/picture/delete")
@needs(Act.CHOOSE_SITE_PICTURES)
def delete_picture() -> Page:
    """Have no picture of the front."""
    with transaction():
        remove_front_picture(by=person())
    say("The picture is taken away. It stays in the library.")
    return _to_site()


@bp.post("/picture-choice/files")
@needs(Act.CHOOSE_SITE_PICTURES)
def add() -> Page:
    """Add the files that were sent, so that one can be chosen when it is described."""
    return add_to_describe(lambda problems: _choice_page(problems, 422))


@bp.get("/picture")
@bp.get("/picture/delete")
@bp.get("/picture-choice/files")
@needs(Act.CHOOSE_SITE_PICTURES)
def reopen() -> Page:
    """The addresses that a refused act leaves in the browser."""
    return _to_site()


def _to_site() -> Response:
    return redirect(url_for("newsroom.site.show"), 303)
