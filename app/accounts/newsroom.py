"""The newsroom's parent blueprint: everything for signed-in people hangs under it and is closed by default.

Each request is judged here before any view runs: the route must declare what it needs, the person must
be signed in, and an unsafe request must come from our own pages.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.access import NEWSROOM, Access, access_of
from app.accounts.cookies import signed_in_person
from app.accounts.form_recovery import show_recovered_form
from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.core.addresses import is_private, private
from app.core.errors import NotAllowed

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def register_newsroom(app: Flask, *blueprints: Blueprint) -> None:
    """Hang `blueprints` under `/newsroom`, where every request is judged before its view runs."""
    newsroom = Blueprint(NEWSROOM, __name__, url_prefix="/newsroom")
    private(newsroom)
    newsroom.before_request(require_access)
    for each in blueprints:
        newsroom.register_blueprint(each)
    app.register_blueprint(newsroom)
    app.after_request(never_store)


def person() -> Person:
    """Who is signed in; raises `NotAllowed` when nobody is, which `require_access` has ruled out."""
    found = signed_in_person()
    if found is None:
        raise NotAllowed("Sign in first.")
    return found


def require_access() -> AnyResponse | str | None:
    """Let the request in, send it to sign in (keeping what it carried), or refuse it."""
    if request.method not in _SAFE and not comes_from_us():
        raise NotAllowed("This form was sent from another site. Open the newsroom and try there.")
    needed = access_of(current_app, request.endpoint or "")
    if needed is None:
        abort(404)
    if needed is Access.PUBLIC:
        return None
    if signed_in_person() is None:
        return ask_to_sign_in()
    if isinstance(needed, Act) and reach(person().role, needed) is Reach.NONE:
        person().require(needed, None)
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
    return show_recovered_form(
        "You have been signed out. Nothing is lost: what you wrote is below.", 401
    )


def never_store(response: Response) -> Response:
    """Keep the newsroom's pages out of every cache and search engine."""
    if not is_private(request.path):
        return response
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
