"""The security headers of every response, and the pages that show domain errors."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from flask import Flask, Response, abort, current_app, g, json, request
from flask.typing import ResponseReturnValue
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException

from app.core import disk, errors, language, pages
from app.core.addresses import addresses_of, is_private
from app.core.config import Settings
from app.core.db import why_unavailable
from app.core.form_intake import TOO_LARGE
from app.core.pagecache.requests import DATABASE_CHECKED
from app.core.senders import Standing

# Only our own scripts and styles; `allow_inline` permits those that public pages contain.
_POLICY = (
    "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)
# A file that is opened by its own address may load nothing. (That a file is missing is shown on a page.)
_FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-[0-9]{1,18})", re.ASCII)
# These concern one request only: a cache must not keep them for the next one.
_ABOUT_THE_REQUEST = (400, 405, 412, 413, 416)
_STATUS: tuple[tuple[type[errors.StetError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotAllowed, 403),
    (errors.NotReady, 422),
    (errors.Conflict, 409),
    (errors.Unavailable, 503),
)


def init_app(app: Flask, settings: Settings) -> None:
    """Attach headers and error pages; called once by `create_app`."""
    # SQLite's file is there or not, which shows at once; a server may hang.
    if settings.database_file is None:
        app.before_request(refuse_while_the_database_is_lost)
    app.before_request(refuse_too_large)
    app.before_request(ignore_invalid_ranges)
    app.after_request(secure)
    app.register_error_handler(errors.StetError, show_refusal)
    app.register_error_handler(HTTPException, show_http_error)
    for kind in (exc.OperationalError, exc.InterfaceError, exc.TimeoutError):
        app.register_error_handler(kind, name_unavailable)
    for other in (OSError, exc.InternalError):
        app.register_error_handler(other, name_disk_fault)
    if settings.base_url.startswith("https"):
        app.after_request(_https_only)


def allow_inline(app: Flask, *, script: str, styles: Iterable[str]) -> None:
    """Permit this script and these styles inside pages, and no others."""
    hashed = "".join(_hashed(style) for style in styles)
    app.config["STET_INLINE"] = {"script": _hashed(script), "style": hashed}


def _hashed(text: str) -> str:
    """A source expression for exactly `text` (CSP Level 3, section 2.3.1)."""
    digest = b64encode(sha256(text.encode()).digest()).decode()
    return f" 'sha256-{digest}'"


def refuse_while_the_database_is_lost() -> None:
    """Raise `Unavailable` at once: a server that hangs would block one thread after the other.

    `g.database_is_lost` tells the error page that it is to be rendered without the database.
    """
    if (
        request.endpoint is None
        or addresses_of(current_app).is_file(request.path)
        or DATABASE_CHECKED in request.environ
    ):
        return
    if current_app.extensions["edition_watch"].number() is None:
        g.database_is_lost = True
        raise errors.Unavailable("The database does not answer at the moment.")


def refuse_too_large() -> None:
    """Refuse a form that was not read, because its sender may send none of this size (`core/form_intake`)."""
    standing = request.environ.get(TOO_LARGE)
    if standing is Standing.UNKNOWN:
        abort(413, "This is more than can be taken from somebody who is not signed in.")
    if standing is not None and addresses_of(current_app).receives_files(request.path):
        abort(413, "These files are too large together. Send fewer of them at once.")
    if standing is not None:
        abort(413, "This is more than a story can hold.")


def ignore_invalid_ranges() -> None:
    """Ignore a `Range` that is not one range of bytes and send everything (RFC 9110, section 14.2).

    Werkzeug would refuse several ranges, other units and invalid values as if the file were too short. A
    HEAD request has no ranges at all.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    first, last = asked.groups() if asked else (None, None)
    backwards = first and last and int(first) > int(last)
    if asked is None or backwards or request.method == "HEAD":
        request.environ.pop("HTTP_RANGE", None)


def secure(response: Response) -> Response:
    """Add the security headers that a response does not set itself."""
    if response.status_code in _ABOUT_THE_REQUEST:
        response.headers["Cache-Control"] = "no-store"
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    is_file = request.endpoint == "static" and response.status_code < 400
    policy = _FILE_POLICY if is_file else content_policy()
    response.headers.setdefault("Content-Security-Policy", policy)
    return response


def content_policy() -> str:
    """The Content-Security-Policy of every page: nothing inline except what was permitted."""
    return _POLICY.format(**current_app.config.get("STET_INLINE", {"script": "", "style": ""}))


def _https_only(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def status_of(error: errors.StetError) -> int:
    """The HTTP status for `error`."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def show_refusal(error: errors.StetError) -> Response:
    """A domain error, as a page or as JSON if that was asked for."""
    response = _answer(status_of(error), str(error))
    if isinstance(error, errors.Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def show_http_error(error: HTTPException) -> Response:
    """Werkzeug's own refusals (unknown address, wrong method, too large), as pages of this site."""
    if error.response is not None:  # a redirect that routing has chosen
        made: Response = error.get_response()  # type: ignore[assignment]
        return made
    response = _answer(error.code or 500, error.description or "")
    for name, value in error.get_headers():
        if name in ("Allow", "Content-Range", "Retry-After"):
            response.headers[name] = value
    return response


def name_unavailable(error: Exception) -> ResponseReturnValue:
    """The drivers' errors for a database that cannot be asked, handled like `Unavailable`."""
    sentence = why_unavailable(error)
    if not is_private(request.path):
        sentence = "The database does not answer at the moment."  # all that concerns a reader
    away = errors.Unavailable(sentence)
    away.__cause__ = error
    return current_app.handle_user_exception(away)


def name_disk_fault(error: OSError | exc.InternalError) -> ResponseReturnValue:
    """A file that could not be written, or a database that may only be read. Raises other errors again."""
    if disk.fault_of(error):
        return name_unavailable(error)
    raise error


def _answer(status: int, message: str) -> Response:
    wants_json = request.accept_mimetypes.best == "application/json"
    # Public responses are the same for everybody, so that caches may keep them.
    if wants_json and is_private(request.path):
        response = Response(json.dumps({"error": message}), status, mimetype="application/json")
    else:
        response = Response(_page(status, message), status, mimetype="text/html")
    if status >= 500:
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(status: int, message: str) -> str:
    language.use_default_language()  # not that of the story that may have failed
    is_newsroom = is_private(request.path)
    return pages.render(
        pages.NEWSROOM_ERROR if is_newsroom else pages.READER_ERROR, status, message
    )
