"""What the page cache makes of a request: whether a page can answer it, and what the application gets."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from app.core.addresses import PAGE, Addresses

# In the environment of a request for which the database has just been asked successfully.
DATABASE_CHECKED = "stet.database_checked"
# Missing addresses are not kept, or anybody could fill the memory with them.
_KEPT = ("200", "301", "308", "410")
_TEXTS = (".css", ".js", ".json", ".svg", ".txt", ".webmanifest")


def is_for_a_page(environ: WSGIEnvironment, addresses: Addresses) -> bool:
    """Whether the response can be a cached page: only where the part that answers has declared it.

    What is searched for is not cached: it would push out the pages that people read.
    """
    path: str = environ["PATH_INFO"]
    is_endless = environ.get("QUERY_STRING") and addresses.takes_parameters(path)
    return _is_read(environ) and not is_endless and addresses.is_cached(path)


def is_for_a_text(environ: WSGIEnvironment, addresses: Addresses) -> bool:
    """Whether the response is a public text; pictures and fonts are compressed in their own formats."""
    path: str = environ["PATH_INFO"]
    is_text = not addresses.is_file(path) or path.endswith(_TEXTS)
    return is_text and _is_read(environ) and not addresses.is_private(path)


def _is_read(environ: WSGIEnvironment) -> bool:
    return environ["REQUEST_METHOD"] in ("GET", "HEAD")


def page_query(environ: WSGIEnvironment) -> str:
    """The query with the page number only: nothing else changes what a cached page shows."""
    pairs = parse_qsl(environ.get("QUERY_STRING", "")[:2000], keep_blank_values=True, separator="&")
    return urlencode({name: value for name, value in pairs if name == PAGE})


def key_of(environ: WSGIEnvironment) -> str:
    """The key of a page in the stores: its path, with the query if there is one."""
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    return f"{path}?{query}" if query else path


def may_be_kept(key: str, status: str) -> bool:
    """Whether a response with this status (`200 OK`) can be kept under this key.

    What is gone or has moved is the same under every page number, and there is no end to numbers.
    """
    return status[:3] == "200" or ("?" not in key and status[:3] in _KEPT)


def impersonal(environ: WSGIEnvironment) -> WSGIEnvironment:
    """The request without everything that differs between readers, so that the response cannot differ.

    Not even the Host header is kept: a page takes the site's address from the settings.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    return kept | {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "", "wsgi.input": BytesIO()}
