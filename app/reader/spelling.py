"""One right spelling for every public address: capitals, doubled slashes and one at the end lead to it.

`OneSpelling` stands before everything else (`create_app` puts it there), so that no cache ever keeps a
second copy of a page, and nothing behind it has to think of spellings. What does not exist, has moved or
was withdrawn is answered in any spelling as in the right one. `lead_to_the_only_page` takes care of page
numbers where there are no pages.
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


class OneSpelling:
    """WSGI middleware: where a page is there, the way to its right address in place of the page."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        asked = environ["PATH_INFO"]
        if asked == asked.lower() and "//" not in asked and not asked.endswith("/"):
            return self._app(environ, start)
        right = right_spelling(asked)
        is_ours = not in_newsroom(right) and not right.startswith(FILES)
        if right == asked or not is_ours or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start)
        rightly = environ | {"PATH_INFO": right}
        _, status, headers = run_wsgi_app(
            self._app, rightly | {"REQUEST_METHOD": "HEAD"}, buffered=True
        )
        if not status.startswith(("200", "304")):
            return self._app(rightly, start)
        query = environ.get("QUERY_STRING")
        kept = [pair for pair in headers if pair[0].lower() not in _OF_THE_PAGE]
        way = ("Location", f"{quote(right)}?{query}" if query else quote(right))
        start("301 Moved Permanently", [*kept, way, ("Content-Length", "0")])
        return ()


def right_spelling(path: str) -> str:
    """`path` in small letters, with single slashes and none at the end; as it is when it is not ASCII."""
    if not path.isascii():
        return path
    return "/" + "/".join(part for part in path.lower().split("/") if part)


def lead_to_the_only_page(response: Response) -> Response:
    """The way to the address itself, in place of a numbered page of what has one page.

    Nobody keeps it, as there is no end to numbers.
    """
    endpoint = request.endpoint or ""
    has_one = endpoint.startswith("reader.") and endpoint not in _PAGED
    if response.status_code != 200 or not has_one or request.path == "/search":
        return response
    if "page" not in request.args:
        return response
    way: Response = redirect(quote(request.path), 301)  # type: ignore[assignment]
    way.headers["Cache-Control"] = "no-store"
    return way
