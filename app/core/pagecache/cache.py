"""The WSGI middleware: who asks for what, is it here, and who makes it when it is not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from werkzeug.test import EnvironBuilder

from app.core import clock
from app.core.config import Settings
from app.core.db import db
from app.core.events import address_changed
from app.core.pagecache.due import listening
from app.core.pagecache.page import Page, best_encoding
from app.core.pagecache.press import Press
from app.core.pagecache.watch import Watch, watch_on

# Query parameters that change what a public page shows; all others are taken off before Flask sees them.
NAMED = ("page",)
_WAIT_FOR_ANOTHER = 10.0  # seconds that a request waits for the one that makes its page
# What may be kept; a missing address is none of it, or anybody could fill the memory with them.
_KEPT = ("200", "301", "308", "410")
_OF_THE_BODY = ("Content-Length", "Content-Type", "Content-Encoding")
_NOT_PAGES = ("/newsroom", "/static/", "/media/", "/search/")
# There is no end to what can be searched for, and keeping it all would push out the pages people read.
_ENDLESS = ("/oembed", "/search")

# Told of each page that readers were answered with: its path and the request's WSGI environment.
Heard = Callable[[str, WSGIEnvironment], object]


def attach(app: Flask, settings: Settings, heard: Heard | None = None) -> None:
    """Put a cache in front of `app`, unless it may use no memory (`STET_PAGE_CACHE_MB=0`).

    Nor while somebody works on the templates with `flask run --debug`: no edition tells of their changes.
    `heard` is called in the request, so it must neither wait nor raise; see `PageCache.heard`.
    """
    if settings.page_cache_mb == 0 or app.debug:
        return
    with app.app_context():
        watch = watch_on(db.engine)
    press = Press(settings.instance / "pages")
    cache = PageCache(app.wsgi_app, watch, press, settings.timezone)
    cache.most_bytes = settings.page_cache_mb * 1024 * 1024
    cache.heard = heard
    app.extensions["pagecache"] = cache
    app.wsgi_app = cache  # type: ignore[assignment,method-assign]  # Flask's documented way


@address_changed.connect
def remake(path: str) -> None:
    """Have the cache of the application that is acting make the page at `path` now."""
    if (cache := current_app.extensions.get("pagecache")) is not None:
        cache.remake(path)


class PageCache:
    """Answers public GET and HEAD requests from memory when it can; everything else goes through.

    `bytes` says how much memory its pages take, about, and `most_bytes` how much they may. `heard` is
    called for every GET that is answered with a page (200, or 304 to a reader who holds it), not for HEAD,
    redirects and what is missing or gone.
    """

    def __init__(self, app: WSGIApplication, watch: Watch, press: Press, zone: ZoneInfo) -> None:
        self._app, self._watch, self._press, self._zone = app, watch, press, zone
        self._pages: dict[str, Page] = {}
        self.bytes, self.most_bytes = 0, 64 * 1024 * 1024
        self.heard: Heard | None = None
        self._storing = threading.Lock()
        self._flights: dict[str, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        passing = path.startswith(_NOT_PAGES) or path in _ENDLESS
        if passing or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start)
        query = environ.get("QUERY_STRING")
        key = path if not query else _key(environ, path, query)
        edition = self._watch.number()
        page = self._pages.get(key)
        if edition is None:
            page = _newer(page, self._press.find(key))
            return self._answered(page, environ, start) if page else self._app(environ, start)
        if page is None or page.edition != edition or page.until <= clock.now():
            page = self._make(key, edition, environ)
        return self._answered(page, environ, start)

    def _answered(
        self, page: Page, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        if self.heard and page.status[:3] == "200" and environ["REQUEST_METHOD"] == "GET":
            self.heard(environ["PATH_INFO"], environ)
        return _answer(page, environ, start)

    def wait(self) -> None:
        """Wait until every page made so far has been pressed to disk."""
        self._press.wait()

    def remake(self, path: str) -> None:
        """Make the page at `path` now: what was taken from readers must not come back from the press."""
        edition = self._watch.number()
        if edition is not None:
            self._make(path, edition, EnvironBuilder(path=path).get_environ())

    def _make(self, key: str, edition: int, environ: WSGIEnvironment) -> Page:
        """One request makes the page; the others that want it wait and take it from memory."""
        with self._storing:
            flight = self._flights.get(key)
            if flight is None:
                mine = self._flights[key] = threading.Event()
        if flight is not None:
            flight.wait(_WAIT_FOR_ANOTHER)
            made = self._pages.get(key)
            return made if made and made.edition >= edition else self._render(edition, environ)
        try:
            return self._settle(key, self._render(edition, environ))
        finally:
            with self._storing:
                del self._flights[key]
            mine.set()

    def _render(self, edition: int, environ: WSGIEnvironment) -> Page:
        """What the application answers to this address, asked without anything that is the reader's own."""
        said: list[Any] = []

        def start(
            status: str, headers: list[tuple[str, str]], _exc: Any = None
        ) -> Callable[..., Any]:
            said[:] = [status, headers]
            return said.append

        with listening(self._midnight()) as moments:
            chunks = self._app(_impersonal(environ), start)
            try:
                body = b"".join(chunks)
            finally:
                if hasattr(chunks, "close"):
                    chunks.close()
        status, headers = said
        return Page(status, headers, body, edition=edition, until=min(moments))

    def _midnight(self) -> datetime:
        """When pages that say today's date become wrong."""
        local = clock.now().astimezone(self._zone)
        return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)

    def _settle(self, key: str, page: Page) -> Page:
        """Keep a page that succeeded; for one that failed, the last that did not, if there is one."""
        status = page.status[:3]
        if status in _KEPT and not page.is_fleeting:
            self._store(key, page)
            self._press.keep(key, page)
        elif status >= "500":
            return self._pages.get(key) or self._press.find(key) or page
        else:
            self._forget(key)
        return page

    def _store(self, key: str, page: Page) -> None:
        with self._storing:
            self._remove(key)
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._remove(next(iter(self._pages)))

    def _forget(self, key: str) -> None:
        with self._storing:
            known = self._remove(key)
        if known:
            self._press.drop(key)

    def _remove(self, key: str) -> bool:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size
        return page is not None


def _newer(one: Page | None, other: Page | None) -> Page | None:
    """The page of the later edition: another process may have pressed what this one has not made yet."""
    if one is None or other is None:
        return one or other
    return other if other.edition > one.edition else one


def _key(environ: WSGIEnvironment, path: str, query: str) -> str:
    """The address with the named parameters alone, each once, which is also all that Flask gets to see."""
    pairs = parse_qsl(query[:2000], keep_blank_values=True, separator="&")
    named = {name: value for name, value in pairs if name in NAMED}
    environ["QUERY_STRING"] = query = urlencode(sorted(named.items()))
    return f"{path}?{query}" if query else path


def _impersonal(environ: WSGIEnvironment) -> WSGIEnvironment:
    """The request less everything that differs between readers, so that the answer cannot differ either.

    Not even the Host: what a page says of the site's address comes from the settings.
    """
    asked = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    return asked | {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "", "wsgi.input": BytesIO()}


def _answer(page: Page, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    headers, body = page.ready(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    held = environ.get("HTTP_IF_NONE_MATCH")
    if held and page.status[:3] == "200" and page.is_held_by(held):
        start("304 Not Modified", [pair for pair in headers if pair[0] not in _OF_THE_BODY])
        return ()
    start(page.status, headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)
