"""Public texts that are not cached (files, drawings, search results) are compressed for each request.

Nothing in them is secret or differs between readers, so the compressed length reveals nothing (the BREACH
attack). The newsroom's pages contain form tokens and are never compressed. Called by `PageCache`.
"""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_date
from werkzeug.test import run_wsgi_app

from app.core.pagecache.encodings import best_encoding
from app.core.pagecache.requests import impersonal
from app.core.pagecache.responses import StoredResponse


def respond_compressed(
    app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse
) -> Iterable[bytes]:
    """Answer this GET or HEAD with what `app` responds, compressed where the reader accepts that.

    `app` is always asked for the whole text. Conditions are decided here, by the tags that were sent, and
    ranges are ignored, because a part of a compressed text is useless.
    """
    response = _whole(app, environ)
    encoded = response.encoded(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    if response.is_revalidated and _is_not_modified(response, environ):
        start("304 Not Modified", encoded.headers_without_body)
        return []
    start(response.status, encoded.headers)
    return encoded.chunks if environ["REQUEST_METHOD"] == "GET" else []


def _whole(app: WSGIApplication, environ: WSGIEnvironment) -> StoredResponse:
    chunks, status, headers = run_wsgi_app(app, impersonal(environ), buffered=True)
    return StoredResponse(status, headers.to_wsgi_list(), b"".join(chunks))


def _is_not_modified(response: StoredResponse, environ: WSGIEnvironment) -> bool:
    """Whether the reader has it already; tags take precedence over times (RFC 9110, section 13.2.2)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return response.matches(tags)
    since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
    changed = parse_date(dict(response.headers).get("Last-Modified"))
    return since is not None and changed is not None and changed <= since
