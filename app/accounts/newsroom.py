"""The newsroom's one door: every signed-in blueprint hangs under `newsroom` and is closed by default.

Each request is judged here before any view runs: the route must have a row in the permission table, the
person must be signed in, and an unsafe request must come from our own pages.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.kept import show_kept
from app.accounts.models import Person
from app.accounts.permissions import ROUTES, Act, Door, Reach, reach
from app.core.errors import NotAllowed
from app.core.sessions import in_newsroom

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def open_newsroom(app: Flask, *rooms: Blueprint) -> None:
    """Hang `rooms` under `/newsroom`, behind the one door."""
    newsroom = Blueprint("newsroom", __name__, url_prefix="/newsroom")
    newsroom.before_request(open_door)
    for room in rooms:
        newsroom.register_blueprint(room)
    app.register_blueprint(newsroom)
    app.after_request(never_store)


def person() -> Person:
    """Who is signed in; only called behind the door."""
    return cast("Person", current_user._get_current_object())


def open_door() -> AnyResponse | str | None:
    """Let the request in, send it to sign in (keeping what it carried), or refuse it."""
    if request.method not in _SAFE and not comes_from_us():
        raise NotAllowed("This form was sent from another site. Open the newsroom and try there.")
    row = ROUTES.get(request.endpoint or "")
    if row is None:
        abort(404)
    if row is Door.PUBLIC:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if isinstance(row, Act) and reach(person().role, row) is Reach.NONE:
        person().require(row, own=False)
    return None


def comes_from_us() -> bool:
    """Whether the browser says that an unsafe request was made by a page of this site.

    `Sec-Fetch-Site` and `Origin` cannot be set by a page; a request with neither still needs its token.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    ours = {urlsplit(current_app.config["STET"].base_url).netloc, request.host}
    return origin.partition("://")[2] in ours - {""}


def ask_to_sign_in() -> AnyResponse:
    """Send a reader of a page to the sign-in page; show again what a form carried, beside a sign-in form."""
    if request.method in _SAFE:
        return redirect(url_for("newsroom.accounts.sign_in", next=request.full_path.rstrip("?")))
    return show_kept("You have been signed out. Nothing is lost: what you wrote is below.", 401)


def never_store(response: Response) -> Response:
    """Keep the newsroom's pages out of every cache and search engine."""
    if not in_newsroom(request.path):
        return response
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
