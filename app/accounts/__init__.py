"""People who sign in, their roles, and the one table that says who may do what.

Signing in stands on argon2 and on rows of our own, without a framework for accounts: a session, a link and a
failed guess are rows, so that each ends when its row does, for all processes. A second factor and passkeys
fit in the same way: rows beside the person, and a step before `start_session`.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.accounts import passwords
from app.accounts.cookies import signed_in_person
from app.accounts.form_recovery import holds_text, show_recovered_form
from app.accounts.newsroom import comes_from_us
from app.core.errors import NotAllowed, Unavailable
from app.core.secrets import Secrets
from app.core.web import show_refusal


def init_app(app: Flask, secrets: Secrets) -> None:
    """Attach form tokens and password hashing, and say what becomes of a form that cannot be taken."""
    app.config.update(
        SECRET_KEY=secrets.secret_key,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for as long as its session lives
        WTF_CSRF_CHECK_DEFAULT=True,
    )
    passwords.init_app(app, secrets.password_salt)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, recover_or_refuse)
    app.register_error_handler(Unavailable, recover_or_say)


def recover_or_refuse(_error: CSRFError) -> Response:
    """A form whose token is missing or old: from our own page it is shown again with a new one."""
    if not comes_from_us():
        return show_refusal(
            NotAllowed("This form was sent from another site. Open the newsroom and try there.")
        )
    if not holds_text():
        return show_refusal(
            NotAllowed("This page was too old to be sent. Go back, reload it and try again.")
        )
    if signed_in_person() is not None:
        return show_recovered_form(
            "Not saved yet: this page is older than your sign-in. Look it over, then save.", 403
        )
    return show_recovered_form(
        "You have been signed out. Nothing is lost: what you wrote is below.", 401
    )


def recover_or_say(error: Unavailable) -> Response:
    """The database is away: what somebody wrote is shown again with a button that sends it once more."""
    if request.method != "POST" or not holds_text():
        return show_refusal(error)
    response = show_recovered_form(
        f"{error} Nothing has been saved yet. What you wrote is below: save it again in a moment.",
        503,
    )
    response.headers["Retry-After"] = str(error.retry_after)
    return response
