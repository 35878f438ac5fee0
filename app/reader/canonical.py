"""One canonical form of every public address: capitals, doubled slashes and one at the end redirect to it.

So do the full stop, bracket or space that mail programs and people take along from behind an address. Whoever
follows an old link takes the query along (`?utm_source=…`), which says where they come from.

`CanonicalAddresses` stands before the page cache (`create_app` puts it there), so that no cache ever keeps a
second copy of a page, and nothing behind it has to think of other forms. What does not exist, has moved or
was withdrawn gets the same answer in any form. `drop_page_number` redirects where a page number has no
meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, current_app, redirect, request
from werkzeug.test import run_wsgi_app

from app.core.addresses import PAGE, Addresses, addresses_of
from app.core.paths import SLASHES_SENT

# What ends a sentence or closes a bracket, and spaces, some of which cannot be seen.
_BEHIND = "/ .,;:!*_'\"()[]{}<>«»‹›“”„‘’…。、，！；：\u00a0\u200b\u200e\u200f\u3000\ufeff"
_MOVED = ("301", "308")
_OF_THE_PAGE = frozenset({"content-type", "content-length", "content-encoding", "etag", "vary"})


class CanonicalAddresses:
    """WSGI middleware: where there is a page, a redirect to its canonical address in place of the page."""

    def __init__(self, app: WSGIApplication, addresses: Addresses) -> None:
        self._app, self._addresses = app, addresses

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        asked: str = environ.get(SLASHES_SENT) or environ["PATH_INFO"]
        start = _with_query(environ, start)
        if asked == asked.lower() and "//" not in asked and asked[-1:].isalnum():
            return self._app(environ, start)
        canonical = canonical_path(asked)
        if (
            canonical == asked
            or not self._addresses.is_public_page(canonical)
            or environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        ):
            return self._app(environ, start)
        with_path = environ | {"PATH_INFO": canonical}
        _, status, headers = run_wsgi_app(
            self._app, with_path | {"REQUEST_METHOD": "HEAD"}, buffered=True
        )
        if not status.startswith(("200", "304")):
            return self._app(with_path, start)
        query = environ.get("QUERY_STRING")
        kept = [pair for pair in headers if pair[0].lower() not in _OF_THE_PAGE]
        location = f"{quote(canonical)}?{query}" if query else quote(canonical)
        start("301 Moved Permanently", [*kept, ("Location", location), ("Content-Length", "0")])
        return ()


def canonical_path(path: str) -> str:
    """`path` in small letters, with single slashes and nothing behind it; as it is when it is not ASCII.

    `path` is decoded to bytes, as a server hands it on (PEP 3333).
    """
    text = path.encode("latin-1").decode("utf-8", "replace").rstrip(_BEHIND)
    if not text.isascii():
        return path
    return "/" + "/".join(part for part in text.lower().split("/") if part)


def _with_query(environ: WSGIEnvironment, start: StartResponse) -> StartResponse:
    """`start`, with which a redirect to another path gets the query that was sent, without a page number."""
    sent = environ.get("QUERY_STRING")
    if not sent:  # as nearly always
        return start
    parts = sent.split("&")
    query = "&".join(part for part in parts if part and part.partition("=")[0] != PAGE)
    if not query:
        return start

    def with_query(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        location = dict(headers).get("Location", "")
        is_elsewhere = location != quote(environ["PATH_INFO"], encoding="latin-1")
        is_plain = location.startswith("/") and "?" not in location
        if status[:3] in _MOVED and is_plain and is_elsewhere:
            headers = [pair for pair in headers if pair[0] != "Location"]
            headers.append(("Location", f"{location}?{query}"))
        return start(status, headers, *more)

    return with_query


def drop_page_number(response: Response) -> Response:
    """A redirect to the address itself, in place of a numbered page of what has only one page.

    No cache keeps it, as there is no end to numbers.
    """
    addresses = addresses_of(current_app)
    if response.status_code != 200 or PAGE not in request.args:
        return response
    if not addresses.is_public_page(request.path) or addresses.is_paged(request.endpoint or ""):
        return response
    if addresses.takes_parameters(request.path):
        return response
    to_itself: Response = redirect(quote(request.path), 301)  # type: ignore[assignment]
    to_itself.headers["Cache-Control"] = "no-store"
    return to_itself
