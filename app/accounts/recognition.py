"""Recognises who sends a form by the cookie, before anything of it is read. `core/form_intake` calls this."""

from __future__ import annotations

from functools import partial
from wsgiref.types import WSGIEnvironment

from flask import Flask

from app.accounts.cookies import token_in
from app.accounts.queries import hashed_token, person_with_session
from app.core.config import Settings
from app.core.db import unavailable_named
from app.core.errors import Unavailable
from app.core.peers import peer_of
from app.core.senders import Recognise, Sender, Standing


def recognition(app: Flask, settings: Settings) -> Recognise:
    """How the senders of forms to `app` are recognised."""
    return partial(_recognise, app, settings)


def _recognise(app: Flask, settings: Settings, environ: WSGIEnvironment) -> Sender:
    request = app.request_class(environ, populate_request=False)
    token = token_in(app.session_interface.open_session(app, request) or {})
    if not token:
        return Sender(Standing.UNKNOWN, peer_of(environ, settings.trusted_proxies))
    standing = Standing.SIGNED_IN if _is_valid(app, token) else Standing.ONCE_SIGNED_IN
    return Sender(standing, hashed_token(token))


def _is_valid(app: Flask, token: str) -> bool:
    """Whether the session lasts. While the database is away, nobody can say so."""
    with app.app_context():
        if app.extensions["edition_watch"].number() is None:
            return False
        try:
            with unavailable_named():
                return person_with_session(token) is not None
        except Unavailable:
            return False
