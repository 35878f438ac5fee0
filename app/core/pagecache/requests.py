"""What the cache makes of a request: can a page answer it, under which key, and what Flask may see of it."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from app.core.sessions import in_newsroom

# Query parameters that change what a public page shows; all others are taken off before Flask sees them.
NAMED = ("page",)
FILES = ("/static/", "/media/")  # their names are exact, and they need no database
# In the environment of a request for which the database has just been asked, and has answered.
ASKED = "stet.database_asked"
# There is no end to what can be searched for, and keeping it all would push out the pages people read.
_ENDLESS = ("/oembed", "/search")
# What may be kept; a missing address is none of it, or anybody could fill the memory with them.
_KEPT = ("200", "301", "308", "410")
_TEXTS = (".css", ".js", ".json", ".svg", ".txt", ".webmanifest")


def is_for_a_page(environ: WSGIEnvironment) -> bool:
    """Whether a page that is kept can be the answer."""
    path: str = environ["PATH_INFO"]
    is_endless = path in _ENDLESS and environ.get("QUERY_STRING")
    return _is_public(environ) and not path.startswith(FILES) and not is_endless


def is_for_a_text(environ: WSGIEnvironment) -> bool:
    """Whether the answer is a public text that is not kept: pictures and fonts have formats of their own."""
    path: str = environ["PATH_INFO"]
    return _is_public(environ) and (not path.startswith(FILES) or path.endswith(_TEXTS))


def _is_public(environ: WSGIEnvironment) -> bool:
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and not in_newsroom(environ["PATH_INFO"])


def named_query(environ: WSGIEnvironment) -> str:
    """The query with the named parameters alone, each once: all that Flask gets to see of it."""
    pairs = parse_qsl(environ.get("QUERY_STRING", "")[:2000], keep_blank_values=True, separator="&")
    return urlencode(sorted({name: value for name, value in pairs if name in NAMED}.items()))


def key_of(environ: WSGIEnvironment) -> str:
    """Under what a page is kept: the address, with the query if there is one."""
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    return f"{path}?{query}" if query else path


def may_be_kept(key: str, status: str) -> bool:
    """Whether an answer with this status (`200 OK`) can be kept under this key.

    What is gone or has moved is so under every number of a page, and there is no end to numbers.
    """
    return status[:3] == "200" or ("?" not in key and status[:3] in _KEPT)


def impersonal(environ: WSGIEnvironment) -> WSGIEnvironment:
    """The request less everything that differs between readers, so that the answer cannot differ either.

    Not even the Host: what a page says of the site's address comes from the settings.
    """
    asked = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    return asked | {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "", "wsgi.input": BytesIO()}
