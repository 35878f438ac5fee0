"""Sessions exist in the newsroom only: public pages neither read nor set a cookie, whatever is sent."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from app.core.config import Settings

NEWSROOM = "/newsroom"


class NewsroomSessions(SecureCookieSessionInterface):
    """Signed cookies for `/newsroom`; elsewhere an empty session that is never saved."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return (
            super().open_session(app, request)
            if in_newsroom(request.path)
            else SecureCookieSession()
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if in_newsroom(request.path):
            super().save_session(app, session, response)


def in_newsroom(path: str) -> bool:
    """Whether `path` belongs to the signed-in part."""
    return path == NEWSROOM or path.startswith(NEWSROOM + "/")


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the sessions. Over https, the cookie is bound to this host."""
    app.session_interface = NewsroomSessions()
    secure = settings.base_url.startswith("https")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-stet" if secure else "stet",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
