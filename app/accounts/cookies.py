"""The cookie that names a session, and the one way from a request to the person who made it.

The views give it and take it back; Flask-Login asks `_person_of_request` once for each newsroom request.
"""

from __future__ import annotations

from flask import Flask, Request, g, session
from flask_security.utils import login_user, logout_user

from app.accounts.models import Person
from app.accounts.queries import person_signed_in

_TOKEN = "token"


def be_the_only_way_in(app: Flask) -> None:
    """Put the session's row in the place of Flask-Security's own loaders.

    Those also take "remember me" cookies and tokens in headers, queries and JSON, which nobody is given.
    """
    app.login_manager.user_loader(_person_of_request)  # type: ignore[attr-defined]  # Flask-Login's
    app.login_manager.request_loader(_nobody)  # type: ignore[attr-defined]


def _person_of_request(uniquifier: str) -> Person | None:
    return person_signed_in(token(), uniquifier) if token() else None


def _nobody(_request: Request) -> None:
    return None


def token() -> str:
    """The token in the cookie of the request under way; empty when it holds none."""
    found = session.get(_TOKEN, "")
    return found if isinstance(found, str) else ""


def give(person: Person, token: str) -> None:
    """Sign the browser in: a new cookie, with nothing of the time before, its form tokens least of all."""
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF's, made for the session before
    session[_TOKEN] = token
    login_user(person)


def take_back() -> None:
    """Empty the browser's cookie."""
    logout_user()
    session.clear()
