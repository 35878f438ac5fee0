"""Sessions exist at private addresses only: public pages neither read nor set a cookie, whatever is sent."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from app.core.addresses import addresses_of
from app.core.config import Settings


class PrivateSessions(SecureCookieSessionInterface):
    """Signed cookies at private addresses; elsewhere an empty session that is never saved."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return (
            super().open_session(app, request)
            if addresses_of(app).is_private(request.path)
            else SecureCookieSession()
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if addresses_of(app).is_private(request.path):
            super().save_session(app, session, response)


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the sessions. Over https, the cookie is bound to this host."""
    app.session_interface = PrivateSessions()
    secure = settings.base_url.startswith("https")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-stet" if secure else "stet",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
