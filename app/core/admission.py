"""Limits how many requests the application works on at once, and lets it have only whole forms.

Readers always find a free thread: forms are received in places of their own (`core/form_intake`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from threading import Semaphore
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Response

from app.core.addresses import Addresses
from app.core.form_intake import FormIntake
from app.core.forms_on_disk import discard
from app.core.refusals import refusal

# Seconds that a request waits for a free place: a database that hangs may occupy all of them.
_TIMEOUT = 5.0
_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,62})"
_HOST = re.compile(
    rf"(?:(?:{_LABEL}\.)*{_LABEL}\.?|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?", re.IGNORECASE | re.ASCII
)
_TOO_BUSY = "Too much is asked for at the moment. Try again in a few seconds."


class AdmissionControl:
    """WSGI middleware in front of the application.

    `threads` is how many requests the application works on at once. Only private addresses receive forms.
    """

    def __init__(
        self, app: WSGIApplication, addresses: Addresses, forms: FormIntake, *, threads: int
    ) -> None:
        self._app, self._addresses, self._forms = app, addresses, forms
        self._requests = Semaphore(threads)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not self._addresses.is_private(environ["PATH_INFO"]):
            return self._admit(environ, start)
        try:
            refused = _refuse_invalid_host(environ) or self._forms.receive(environ)
            return (refused or self._admit)(environ, start)
        finally:
            discard(environ)

    def _admit(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Hand the request on, when there is a place for it."""
        if not self._requests.acquire(timeout=_TIMEOUT):
            return refusal(503, _TOO_BUSY)(environ, start)
        try:
            return self._app(environ, start)
        finally:
            self._requests.release()


def _refuse_invalid_host(environ: WSGIEnvironment) -> Response | None:
    """A refusal of a Host header that is no host name: the newsroom compares origins with it."""
    if _HOST.fullmatch(environ.get("HTTP_HOST", "localhost")):
        return None
    return refusal(400, "This is no name of a host.")
