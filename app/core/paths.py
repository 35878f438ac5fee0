"""Decides what the path of a request is. It stands in front of everything else that reads one.

The page cache, admission control, the sessions and Werkzeug would otherwise each read the path that was sent
in their own way: Werkzeug takes `//newsroom` for `/newsroom`, and a server hands on `/a%3Fb` as `/a?b`, which
looks like a path with a query. Behind `RequestPaths`, every path has one spelling and one meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.utils import redirect

from app.core.addresses import Addresses

# In the environment of a request for a public page: its path with the slashes that were sent.
SLASHES_SENT = "stet.slashes_sent"
# No route and no story can have this path, so it is missing, whatever the method.
NOWHERE = "/-/-/-"
# Longer than every address: an address has at most a few parts, of 80 characters each.
_LONGEST = 1000
# Nearly every path of a public page; the others are looked at more closely.
_is_ordinary = re.compile(r"/[a-z0-9/-]{0,300}").fullmatch
# What no address contains: control characters, signs that other programs read as the end of the path or as a
# slash, a second layer of percent-encoding, and parts that lead upwards.
_IMPOSSIBLE = re.compile(r"[\x00-\x1f\x7f?#%\\]|/\.{1,2}(?:/|$)")


class RequestPaths:
    """WSGI middleware: the application behind it gets one spelling of each path, or `NOWHERE`.

    Doubled slashes are made single. For a page of the site, `CanonicalAddresses` then decides with what is
    there; any other address is redirected here. What is not GET or HEAD must have the right path at once.
    """

    def __init__(self, app: WSGIApplication, addresses: Addresses) -> None:
        self._app, self._addresses = app, addresses

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        sent: str = environ["PATH_INFO"]
        if sent == "*" and environ["REQUEST_METHOD"] == "OPTIONS":  # RFC 9110, section 9.3.7
            sent = environ["PATH_INFO"] = "/"
        if _is_ordinary(sent) and "//" not in sent:
            return self._app(environ, start)
        if not _is_possible(sent):
            return self._app(environ | {"PATH_INFO": NOWHERE}, start)
        if "//" not in sent:
            return self._app(environ, start)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ | {"PATH_INFO": NOWHERE}, start)
        path = "/" + "/".join(part for part in sent.split("/") if part)
        if self._addresses.is_public_page(path):
            return self._app(environ | {"PATH_INFO": path, SLASHES_SENT: sent}, start)
        return _redirect_to(path, environ)(environ, start)


def _is_possible(path: str) -> bool:
    """Whether there can be a page at `path`, which a server has decoded to bytes (PEP 3333)."""
    try:
        path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return path.startswith("/") and len(path) <= _LONGEST and not _IMPOSSIBLE.search(path)


def _redirect_to(path: str, environ: WSGIEnvironment) -> WSGIApplication:
    query = environ.get("QUERY_STRING")
    address = quote(path, encoding="latin-1")
    response = redirect(f"{address}?{query}" if query else address, 301)
    response.autocorrect_location_header = False  # it would name the host that was sent
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
