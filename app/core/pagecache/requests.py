"""What the page cache makes of a request: whether a page can answer it, and what the application gets."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from app.core.sessions import in_newsroom

# Query parameters that change what a public page shows; all others are removed before Flask sees them.
NAMED = ("page",)
FILES = ("/static/", "/media/")  # their addresses are exact, and they need no database
# In the environment of a request for which the database has just been asked successfully.
DATABASE_CHECKED = "stet.database_checked"
# There is no end to what can be searched for. Kept, the results would push out the pages that people read.
_ENDLESS = ("/oembed", "/search")
# Missing addresses are not kept, or anybody could fill the memory with them.
_KEPT = ("200", "301", "308", "410")
_TEXTS = (".css", ".js", ".json", ".svg", ".txt", ".webmanifest")


def is_for_a_page(environ: WSGIEnvironment) -> bool:
    """Whether the response can be a cached page."""
    path: str = environ["PATH_INFO"]
    is_endless = path in _ENDLESS and environ.get("QUERY_STRING")
    return _is_public(environ) and not path.startswith(FILES) and not is_endless


def is_for_a_text(environ: WSGIEnvironment) -> bool:
    """Whether the response is a public text; pictures and fonts are compressed in their own formats."""
    path: str = environ["PATH_INFO"]
    return _is_public(environ) and (not path.startswith(FILES) or path.endswith(_TEXTS))


def _is_public(environ: WSGIEnvironment) -> bool:
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and not in_newsroom(environ["PATH_INFO"])


def named_query(environ: WSGIEnvironment) -> str:
    """The query with the named parameters only, each once: that is all that Flask sees of it."""
    pairs = parse_qsl(environ.get("QUERY_STRING", "")[:2000], keep_blank_values=True, separator="&")
    return urlencode(sorted({name: value for name, value in pairs if name in NAMED}.items()))


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
