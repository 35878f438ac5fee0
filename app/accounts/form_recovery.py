"""Giving back what a form carried when it could not be taken.

The person has been signed out, the form's token is old, or the database is away. The page shows every
field that was sent, as it was sent, with one button that sends it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus

from flask import Response, render_template, request

from app.core.addresses import is_private

# Fields of the machinery, made anew on the page that is shown.
_MACHINERY = ("csrf_token", "email", "password", "recovered", "address")
# Fields that are sent again and that nobody wrote, and labels that differ from the fields' names.
_NOT_WRITTEN = ("version", "form_key", "head", "language", "asked_names")
_LABELS = {"body": "Text", "slug": "Address"}
# Addresses whose own forms hold nothing worth recovering.
_SIGNING_IN = ("/newsroom/session", "/newsroom/sign-in")


def holds_text() -> bool:
    """Whether the request under way carries form fields that somebody may have written."""
    if request.path.startswith(_SIGNING_IN):
        return bool(_carried())
    return bool(sent_fields())


def sent_fields() -> list[tuple[str, str]]:
    """The fields of the form under way, in order, or those that a sign-in form carries for another."""
    return _carried() or [
        (name, value) for name, value in request.form.items(multi=True) if name not in _MACHINERY
    ]


def _carried() -> list[tuple[str, str]]:
    address = request.form.get("address", "")
    return read_recovered(request.form.get("recovered", "")) if is_private(address) else []


def show_recovered_form(message: str, status: int) -> Response:
    """The page with what was sent to this address, a sentence on what happened, and the way on."""
    address = request.form.get("address", "") if _carried() else request.path
    return recovered_form_page(address, sent_fields(), message, status)


def recovered_form_page(
    address: str, sent: list[tuple[str, str]], message: str, status: int
) -> Response:
    """The page that shows `sent` and sends it to `address` again."""
    page = render_template(
        "newsroom/accounts/recovered_form.html",
        message=message,
        address=address,
        sent=sent,
        written=list(_written(sent)),
        recovered=json.dumps(sent, ensure_ascii=False),
        signed_in=status != HTTPStatus.UNAUTHORIZED,
    )
    return Response(page, status)


def _written(sent: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What of `sent` somebody has written, under the names that the form showed."""
    for name, value in sent:
        if value and name not in _NOT_WRITTEN and not name.endswith("_id") and name[:5] != "pick-":
            yield _LABELS.get(name, name.replace("_", " ").capitalize()), value


def read_recovered(text: str) -> list[tuple[str, str]]:
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
