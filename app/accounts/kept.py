"""Keeping what a form carried when it could not be taken: signed out, an old token, a database that is away.

The page shows every field that was sent, as it was sent, with one button that sends it again.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response, render_template, request

from app.core.sessions import in_newsroom

# Fields of the machinery, made anew on the page that is shown.
_MACHINERY = ("csrf_token", "email", "password", "kept", "address")
# Addresses whose forms hold nothing worth keeping.
_NOTHING_TO_KEEP = ("/newsroom/session", "/newsroom/sign-in")


def holds_text() -> bool:
    """Whether the request under way carries form fields that somebody may have written."""
    if request.path.startswith(_NOTHING_TO_KEEP):
        return bool(_carried())
    return bool(sent_fields())


def sent_fields() -> list[tuple[str, str]]:
    """The fields of the form under way, in order, or those that a sign-in form carries for another."""
    return _carried() or [
        (name, value) for name, value in request.form.items(multi=True) if name not in _MACHINERY
    ]


def _carried() -> list[tuple[str, str]]:
    address = request.form.get("address", "")
    return read_kept(request.form.get("kept", "")) if in_newsroom(address) else []


def show_kept(message: str, status: int) -> Response:
    """The page with what was sent to this address, a sentence on what happened, and the way on."""
    address = request.form.get("address", "") if _carried() else request.path
    return kept_page(address, sent_fields(), message, status)


def kept_page(address: str, sent: list[tuple[str, str]], message: str, status: int) -> Response:
    """The page that keeps `sent` and sends it to `address` again."""
    page = render_template(
        "accounts/kept.html",
        message=message,
        address=address,
        sent=sent,
        kept=json.dumps(sent),
        signed_in=status != HTTPStatus.UNAUTHORIZED,
    )
    return Response(page, status)


def read_kept(text: str) -> list[tuple[str, str]]:
    """The fields that a sign-in form carried along; anything else than what we wrote gives none."""
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(sent, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in sent
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
    ]
