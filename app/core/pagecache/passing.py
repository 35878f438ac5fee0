"""Public answers that are not kept (files, drawings, what a search finds): compressed on their way out.

Called by `PageCache`. Nothing of it is secret or differs between readers, so that its compressed length tells
nobody anything (BREACH); the newsroom's pages, which carry tokens, are never compressed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.core.pagecache.page import Headers, Page, best_encoding

# Pictures and fonts are compressed by their own formats.
_TEXT = ("text/", "image/svg+xml", "application/json", "application/manifest+json")
_UNUSED = datetime.max.replace(tzinfo=UTC)


def compressed(
    app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse
) -> Iterable[bytes]:
    """What `app` answers to this GET or HEAD, smaller where it is text and the reader accepts that."""
    said: list[Any] = []

    def note(status: str, headers: Headers, _exc: Any = None) -> Callable[..., Any]:
        said[:] = [status, headers]
        return said.append

    whole = environ["REQUEST_METHOD"] == "GET"
    # Asked in full for HEAD too, so that its headers are those of the GET (RFC 9110, section 9.3.2).
    chunks = app(environ | {"REQUEST_METHOD": "GET"}, note)
    status, headers = said
    if not _is_text(status, headers):
        start(status, headers)
        return chunks if whole else _closed(chunks)
    page = Page(status, headers, _joined(chunks), edition=0, until=_UNUSED)
    ready = page.ready(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    held = environ.get("HTTP_IF_NONE_MATCH")
    if held is not None and page.is_held_by(held):
        start("304 Not Modified", ready.headers_of_nothing)
        return []
    start(status, ready.headers)
    return ready.chunks if whole else []


def _is_text(status: str, headers: Headers) -> bool:
    """Whether this is a whole text, and not a part of one (206) or a refusal."""
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    return status.startswith("200") and kind.startswith(_TEXT)


def _joined(chunks: Iterable[bytes]) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        _closed(chunks)


def _closed(chunks: Iterable[bytes]) -> list[bytes]:
    if hasattr(chunks, "close"):
        chunks.close()
    return []
