"""Limits how many requests the application works on at once, and how many forms it receives at once.

A form that arrives slowly, or never, holds the thread that reads it, and Granian cannot interrupt that. So
the server has more threads than the settings name (see `core/serve`): the additional ones receive forms.
When they are all busy, the next form is refused with 503. Readers therefore always find a free thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from threading import Semaphore
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Response

from app.core.addresses import Addresses

# Forms that are received at once. Few of them may be large, because they are held in memory. A form without
# a declared length counts as large; browsers always declare it.
_LARGE = 1024 * 1024  # bytes
_SMALL_FORMS, _LARGE_FORMS = 16, 4
FORMS = _SMALL_FORMS + _LARGE_FORMS
# Seconds that a request waits for a free place: a database that hangs may occupy all of them.
_TIMEOUT = 5.0
_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,62})"
_HOST = re.compile(
    rf"(?:(?:{_LABEL}\.)*{_LABEL}\.?|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?", re.IGNORECASE | re.ASCII
)
_TOO_BUSY = "Too much is asked for at the moment. Try again in a few seconds."
_TOO_MANY = "Too many forms are on their way at the moment. Go back and send it again."


class AdmissionControl:
    """WSGI middleware in front of the application.

    `threads` is how many requests the application works on at once. A form is read up to `most_bytes` and
    one byte more; the application refuses what is longer. Only private addresses receive forms.
    """

    def __init__(
        self, app: WSGIApplication, addresses: Addresses, *, threads: int, most_bytes: int
    ) -> None:
        self._app, self._addresses, self._most_bytes = app, addresses, most_bytes
        self._requests = Semaphore(threads)
        self._small, self._large = Semaphore(_SMALL_FORMS), Semaphore(_LARGE_FORMS)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self._addresses.is_private(environ["PATH_INFO"]):
            refusal = _refuse_invalid_host(environ) or self._receive_form(environ)
            if refusal is not None:
                return refusal(environ, start)
        if not self._requests.acquire(timeout=_TIMEOUT):
            return _refusal(503, _TOO_BUSY)(environ, start)
        try:
            return self._app(environ, start)
        finally:
            self._requests.release()

    def _receive_form(self, environ: WSGIEnvironment) -> Response | None:
        """Replace the input stream by the whole form; a refusal when too many forms are being received."""
        length = _declared_length(environ)
        if length == 0 or (length is not None and length > self._most_bytes):
            return None
        places = self._large if length is None or length > _LARGE else self._small
        if not places.acquire(blocking=False):
            return _refusal(503, _TOO_MANY)
        try:
            # One byte more than allowed, so that the application can see that it is too long.
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(self._most_bytes + 1))
        finally:
            places.release()
        return None


def _refuse_invalid_host(environ: WSGIEnvironment) -> Response | None:
    """A refusal of a Host header that is no host name: the newsroom compares origins with it."""
    if _HOST.fullmatch(environ.get("HTTP_HOST", "localhost")):
        return None
    return _refusal(400, "This is no name of a host.")


def _declared_length(environ: WSGIEnvironment) -> int | None:
    """How many bytes the form says it has; None when it does not say so."""
    declared: str = environ.get("CONTENT_LENGTH") or ""
    if declared.isdecimal():
        return int(declared[:20])
    return None if environ.get("HTTP_TRANSFER_ENCODING") else 0


def _refusal(status: int, message: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Retry-After": "5",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(f"{message}\n", status, headers, mimetype="text/plain")
