"""The WSGI middleware: who asks for what, is it here, and who makes it when it is not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from werkzeug.test import EnvironBuilder

from app.core import clock
from app.core.pagecache.due import listening
from app.core.pagecache.page import Page, best_encoding
from app.core.pagecache.passing import compressed
from app.core.pagecache.press import Press
from app.core.pagecache.requests import ASKED, impersonal, is_for_everybody, key_of
from app.core.pagecache.watch import Watch

_WAIT_FOR_ANOTHER = 10.0  # seconds that a request waits for the one that makes its page
# What may be kept; a missing address is none of it, or anybody could fill the memory with them.
_KEPT = ("200", "301", "308", "410")

# Told of each page that readers were answered with: its path and the request's WSGI environment.
Heard = Callable[[str, WSGIEnvironment], object]


class PageCache:
    """Answers public GET and HEAD requests from memory when it can; everything else goes through.

    `bytes` says how much memory its pages take, about, and `most_bytes` how much they may. `heard` is
    called for every GET that is answered with a page (200, or 304 to a reader who holds it), not for HEAD,
    redirects and what is missing or gone.
    """

    def __init__(self, app: WSGIApplication, watch: Watch, press: Press, zone: ZoneInfo) -> None:
        self.watch = watch
        self._app, self._press, self._zone = app, press, zone
        self._pages: dict[str, Page] = {}
        self.bytes, self.most_bytes = 0, 64 * 1024 * 1024
        self.heard: Heard | None = None
        self._storing = threading.Lock()
        self._flights: dict[str, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        page = self._pages.get(environ["PATH_INFO"])
        if (  # nearly every request; every microsecond counts here
            page is not None
            and environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and page.edition == self.watch.number()
            and clock.now() < page.until
        ):
            return self._answer(page, environ, start)
        return self._find_or_make(environ, start)

    def _find_or_make(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            if is_for_everybody(environ):
                return compressed(self._app, environ, start)
            return self._app(environ, start)
        edition = self.watch.number()
        page = self._pages.get(key)
        if edition is None:
            page = _newer(page, self._press.find(key))
            return self._answer(page, environ, start) if page else self._app(environ, start)
        if page is None or page.edition != edition or page.until <= clock.now():
            page = self._make(key, edition, environ)
        return self._answer(page, environ, start)

    def _answer(
        self, page: Page, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """The bytes in the encoding that suits the reader best, or word that they hold them already."""
        ready = page.ready(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        whole = environ["REQUEST_METHOD"] == "GET"
        if page.can_be_held:
            if whole and self.heard is not None:
                self.heard(environ["PATH_INFO"], environ)
            held = environ.get("HTTP_IF_NONE_MATCH")
            if held is not None and page.is_held_by(held):
                start("304 Not Modified", ready.headers_of_nothing)
                return []
        start(page.status, ready.headers)
        # A list: Granian sends one at once, and anything else piece by piece, for half the requests a second.
        return ready.chunks if whole else []

    def wait(self) -> None:
        """Wait until every page made so far has been pressed to disk."""
        self._press.wait()

    def remake(self, path: str) -> None:
        """Make the page at `path` now: what was taken from readers must not come back from the press."""
        edition = self.watch.number()
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
            chunks = self._app(impersonal(environ) | {ASKED: True}, start)
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
            earlier = self._remove(key)
            if earlier is not None:
                page.take_over(earlier)
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._remove(next(iter(self._pages)))

    def _forget(self, key: str) -> None:
        with self._storing:
            known = self._remove(key)
        if known is not None:
            self._press.drop(key)

    def _remove(self, key: str) -> Page | None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size
        return page


def _newer(one: Page | None, other: Page | None) -> Page | None:
    """The page of the later edition: another process may have pressed what this one has not made yet."""
    if one is None or other is None:
        return one or other
    return other if other.edition > one.edition else one
