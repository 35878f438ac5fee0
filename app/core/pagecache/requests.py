"""What the cache makes of a request: can a page answer it, under which key, and what Flask may see of it."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

# Query parameters that change what a public page shows; all others are taken off before Flask sees them.
NAMED = ("page",)
FILES = ("/static/", "/media/")  # their names are exact, and they need no database
_NOT_PAGES = ("/newsroom", "/search/", *FILES)
# In the environment of a request for which the database has just been asked, and has answered.
ASKED = "stet.database_asked"
# There is no end to what can be searched for, and keeping it all would push out the pages people read.
_ENDLESS = ("/oembed", "/search")


def key_of(environ: WSGIEnvironment) -> str | None:
    """Under which key the page is kept that answers this request; None when no kept page can.

    The key is the address with the named parameters alone, each once, which is also all that Flask gets
    to see of it: `environ` is changed so.
    """
    path: str = environ["PATH_INFO"]
    query = environ.get("QUERY_STRING")
    passing = path.startswith(_NOT_PAGES) or (path in _ENDLESS and query)
    if passing or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if not query:
        return path
    pairs = parse_qsl(query[:2000], keep_blank_values=True, separator="&")
    named = {name: value for name, value in pairs if name in NAMED}
    environ["QUERY_STRING"] = query = urlencode(sorted(named.items()))
    return f"{path}?{query}" if query else path


def is_for_everybody(environ: WSGIEnvironment) -> bool:
    """Whether an answer that is not kept is all the same a public one."""
    path: str = environ["PATH_INFO"]
    is_public = path.startswith(FILES) or path in _ENDLESS
    return is_public and environ["REQUEST_METHOD"] in ("GET", "HEAD")


def impersonal(environ: WSGIEnvironment) -> WSGIEnvironment:
    """The request less everything that differs between readers, so that the answer cannot differ either.

    Not even the Host: what a page says of the site's address comes from the settings.
    """
    asked = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    return asked | {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "", "wsgi.input": BytesIO()}
