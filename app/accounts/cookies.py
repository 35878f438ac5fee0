"""The cookie that names a session, and the one way from a request to the person who made it.

The cookie holds a token and nothing about the person; the session itself is a row. Nothing else signs
anybody in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, session

from app.accounts.models import Person
from app.accounts.queries import person_with_session

_TOKEN = "token"


def token() -> str:
    """The token in the cookie of the request under way; empty when it holds none."""
    return token_in(session)


def token_in(cookie: Mapping[str, Any]) -> str:
    """The token in `cookie`, whose signature was checked; empty when it holds none."""
    found = cookie.get(_TOKEN, "")
    return found if isinstance(found, str) else ""


def signed_in_person() -> Person | None:
    """Who makes the request under way; the database is asked once for each request."""
    if "signed_in_person" not in g:
        g.signed_in_person = person_with_session(token()) if token() else None
    found: Person | None = g.signed_in_person
    return found


def sign_in(person: Person, token: str) -> None:
    """Give the browser a new cookie, with nothing of the time before, its form tokens least of all."""
    _forget()
    session[_TOKEN] = token
    g.signed_in_person = person


def sign_out() -> None:
    """Empty the browser's cookie."""
    _forget()
    g.signed_in_person = None


def _forget() -> None:
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF's, made for the session before
