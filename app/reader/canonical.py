"""One canonical form of every public address: capitals, doubled slashes and one at the end redirect to it.

`CanonicalAddresses` stands before everything else (`create_app` puts it there), so that no cache ever keeps a
second copy of a page, and nothing behind it has to think of other forms. What does not exist, has moved or
was withdrawn gets the same answer in any form. `drop_page_number` redirects where a page number has no
meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, redirect, request
from werkzeug.test import run_wsgi_app

from app.core.pagecache.requests import FILES
from app.core.sessions import in_newsroom

_OF_THE_PAGE = frozenset({"content-type", "content-length", "content-encoding", "etag", "vary"})
_PAGED = frozenset(
    (
        *("reader.front", "reader.category", "reader.author", "reader.topic"),
        *("reader.changes.of_story", "reader.changes.of_page", "reader.changes.corrections"),
    )
)


class CanonicalAddresses:
    """WSGI middleware: where there is a page, a redirect to its canonical address in place of the page."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        asked = environ["PATH_INFO"]
        if asked == asked.lower() and "//" not in asked and not asked.endswith("/"):
            return self._app(environ, start)
        canonical = canonical_path(asked)
        is_ours = not in_newsroom(canonical) and not canonical.startswith(FILES)
        if canonical == asked or not is_ours or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
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
    """`path` in small letters, with single slashes and none at the end; as it is when it is not ASCII."""
    if not path.isascii():
        return path
    return "/" + "/".join(part for part in path.lower().split("/") if part)


def drop_page_number(response: Response) -> Response:
    """A redirect to the address itself, in place of a numbered page of what has only one page.

    No cache keeps it, as there is no end to numbers.
    """
    endpoint = request.endpoint or ""
    has_one = endpoint.startswith("reader.") and endpoint not in _PAGED
    if response.status_code != 200 or not has_one or request.path == "/search":
        return response
    if "page" not in request.args:
        return response
    to_itself: Response = redirect(quote(request.path), 301)  # type: ignore[assignment]
    to_itself.headers["Cache-Control"] = "no-store"
    return to_itself
