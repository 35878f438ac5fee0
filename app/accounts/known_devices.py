"""The cookie of a browser in which somebody has signed in: guesses elsewhere do not lock that browser out.

It signs nobody in. It holds, signed, a random mark for each of the last people who signed in there.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

_LIFE = timedelta(days=180)
_MOST_PEOPLE = 5


def device_mark(person_id: int) -> str:
    """The mark that this browser has got for a person. Empty if they have not signed in here."""
    return _marks().get(str(person_id), "")


def remember_device(person_id: int) -> None:
    """Give this browser a mark for a person who has just signed in. The mark that it has stays."""
    marks = _marks()
    mark = marks.pop(str(person_id), "") or secrets.token_urlsafe(12)
    kept = dict([*marks.items(), (str(person_id), mark)][-_MOST_PEOPLE:])
    value = _signer().dumps(kept)

    @after_this_request
    def set_cookie(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            _name(),
            value,
            max_age=_LIFE,
            path="/newsroom",
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def _marks() -> dict[str, str]:
    """What the cookie of the request holds. Empty for one that we have not signed, or that is too old."""
    try:
        found = _signer().loads(
            request.cookies.get(_name(), ""), max_age=int(_LIFE.total_seconds())
        )
    except BadSignature:
        return {}
    return {str(key): str(mark) for key, mark in found.items()} if isinstance(found, dict) else {}


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known device")


def _name() -> str:
    return "__Secure-stet-device" if current_app.config["SESSION_COOKIE_SECURE"] else "stet-device"
