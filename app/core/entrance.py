"""What stands before the application: no more come in at once than it has threads, each with a whole form.

A form that arrives slowly, or never, holds the thread that reads it; Granian offers no way to give it up. So
the server has threads for forms besides those that settings name (`core/serve`), and who brings one more
form than there are such threads is asked to come again. Readers find a thread whatever happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from threading import Semaphore
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Response

from app.core.sessions import in_newsroom

# Forms that are read at once. Large ones are few, for the memory that they take; those that do not say how
# long they are count among them, but no browser sends such.
_LARGE = 1024 * 1024  # bytes
_SMALL_FORMS, _LARGE_FORMS = 16, 4
FORMS = _SMALL_FORMS + _LARGE_FORMS
# Seconds that a request waits to be let in: a database that hangs may keep all inside that are there.
_PATIENCE = 5.0
_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,62})"
_HOST = re.compile(
    rf"(?:(?:{_LABEL}\.)*{_LABEL}\.?|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?", re.IGNORECASE | re.ASCII
)
_TOO_BUSY = "Too much is asked for at the moment. Try again in a few seconds."
_TOO_MANY = "Too many forms are on their way at the moment. Go back and send it again."


class Entrance:
    """WSGI middleware in front of the application.

    `threads` is how many requests it answers at once, `most_bytes` how long a form may be; the application
    itself refuses what is longer.
    """

    def __init__(self, app: WSGIApplication, *, threads: int, most_bytes: int) -> None:
        self._app, self._most_bytes = app, most_bytes
        self._inside = Semaphore(threads)
        self._small, self._large = Semaphore(_SMALL_FORMS), Semaphore(_LARGE_FORMS)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if in_newsroom(environ["PATH_INFO"]):
            refusal = _strange_host(environ) or self._wait_for_form(environ)
            if refusal is not None:
                return refusal(environ, start)
        if not self._inside.acquire(timeout=_PATIENCE):
            return _refusal(503, _TOO_BUSY)(environ, start)
        try:
            return self._app(environ, start)
        finally:
            self._inside.release()

    def _wait_for_form(self, environ: WSGIEnvironment) -> Response | None:
        """Put the whole form in the place of its stream; a refusal when too many are read already."""
        length = _length(environ)
        if length == 0 or (length is not None and length > self._most_bytes):
            return None
        room = self._large if length is None or length > _LARGE else self._small
        if not room.acquire(blocking=False):
            return _refusal(503, _TOO_MANY)
        try:
            # One byte more than may be: the application sees that it is too long.
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(self._most_bytes + 1))
        finally:
            room.release()
        return None


def _strange_host(environ: WSGIEnvironment) -> Response | None:
    """A refusal of what is no host's name, which the newsroom would compare others with."""
    if _HOST.fullmatch(environ.get("HTTP_HOST", "localhost")):
        return None
    return _refusal(400, "This is no name of a host.")


def _length(environ: WSGIEnvironment) -> int | None:
    """The bytes that the form says it has; None when it does not say so."""
    said: str = environ.get("CONTENT_LENGTH") or ""
    if said.isdecimal():
        return int(said[:20])
    return None if environ.get("HTTP_TRANSFER_ENCODING") else 0


def _refusal(status: int, words: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Retry-After": "5",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(f"{words}\n", status, headers, mimetype="text/plain")
