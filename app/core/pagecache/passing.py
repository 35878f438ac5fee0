"""Public texts that are not kept (files, drawings, what a search finds): compressed on their way out.

Called by `PageCache`. Nothing of them is secret or differs between readers, so that their compressed length
tells nobody anything (BREACH); the newsroom's pages, which carry tokens, are never compressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_date
from werkzeug.test import run_wsgi_app

from app.core.pagecache.encodings import best_encoding
from app.core.pagecache.page import Answer
from app.core.pagecache.requests import impersonal


def compressed(
    app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse
) -> Iterable[bytes]:
    """What `app` answers to this GET or HEAD, smaller where the reader accepts that.

    `app` is asked for the whole text whatever the reader holds of it: conditions are judged here, by the
    tags that were sent, and a part of a compressed text is of no use to anybody.
    """
    answer = _whole(app, environ)
    ready = answer.ready(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    if answer.can_be_held and _is_held(answer, environ):
        start("304 Not Modified", ready.headers_of_nothing)
        return []
    start(answer.status, ready.headers)
    return ready.chunks if environ["REQUEST_METHOD"] == "GET" else []


def _whole(app: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    chunks, status, headers = run_wsgi_app(app, impersonal(environ), buffered=True)
    return Answer(status, headers.to_wsgi_list(), b"".join(chunks))


def _is_held(answer: Answer, environ: WSGIEnvironment) -> bool:
    """Whether the reader has it already (RFC 9110, section 13.2.2): tags are more exact than times."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return answer.is_held_by(tags)
    since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
    changed = parse_date(dict(answer.headers).get("Last-Modified"))
    return since is not None and changed is not None and changed <= since
