"""People who sign in, their roles, and the one table that says who may do what."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_login.utils import _user_context_processor
from flask_security import Security, SQLAlchemyUserDatastore, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.accounts import cookies
from app.accounts.kept import holds_text, show_kept
from app.accounts.models import Person, RoleRecord
from app.accounts.newsroom import comes_from_us
from app.core.db import db
from app.core.errors import NotAllowed, Unavailable
from app.core.secrets import Secrets
from app.core.web import show_refusal


def init_app(app: Flask, secrets: Secrets) -> None:
    """Attach Flask-Security with none of its own pages: the doors that are not used do not exist."""
    app.config.update(
        SECRET_KEY=secrets.secret_key,
        SECURITY_PASSWORD_SALT=secrets.password_salt,
        SECURITY_PASSWORD_HASH="argon2",  # the name of a method
        SECURITY_DEFAULT_REMEMBER_ME=False,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for as long as its session lives
        WTF_CSRF_CHECK_DEFAULT=True,
    )
    security = Security(
        app, SQLAlchemyUserDatastore(db, Person, RoleRecord), register_blueprint=False
    )
    # Rights come from our own table; Flask-Principal would ask who is signed in on every public page.
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    cookies.be_the_only_way_in(app)
    # Pages are given whom they need; an error page that asked the database would fail with it.
    app.template_context_processors[None].remove(_user_context_processor)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, keep_or_refuse)
    app.register_error_handler(Unavailable, keep_or_say)


def keep_or_refuse(_error: CSRFError) -> Response:
    """A form whose token is missing or old: from our own page it is shown again with a new one."""
    if not comes_from_us():
        return show_refusal(
            NotAllowed("This form was sent from another site. Open the newsroom and try there.")
        )
    if not holds_text():
        return show_refusal(
            NotAllowed("This page was too old to be sent. Go back, reload it and try again.")
        )
    if current_user.is_authenticated:
        return show_kept(
            "Not saved yet: this page is older than your sign-in. Look it over, then save.", 403
        )
    return show_kept("You have been signed out. Nothing is lost: what you wrote is below.", 401)


def keep_or_say(error: Unavailable) -> Response:
    """The database is away: what somebody wrote is shown again with a button that sends it once more."""
    if request.method != "POST" or not holds_text():
        return show_refusal(error)
    response = show_kept(
        f"{error} Nothing has been saved yet. What you wrote is below: save it again in a moment.",
        503,
    )
    response.headers["Retry-After"] = str(error.retry_after)
    return response
