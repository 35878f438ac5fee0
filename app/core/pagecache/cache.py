"""The WSGI middleware: who asks for what, is it here, and who makes it when it is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.core import clock
from app.core.pagecache.due import listening
from app.core.pagecache.encodings import best_encoding
from app.core.pagecache.page import Moment, Page, newer
from app.core.pagecache.passing import compressed
from app.core.pagecache.press import Press
from app.core.pagecache.requests import (
    ASKED,
    impersonal,
    is_for_a_page,
    is_for_a_text,
    key_of,
    may_be_kept,
    named_query,
)
from app.core.pagecache.watch import Watch
from app.core.pagecache.withdrawn import Withdrawn

_WAIT_FOR_ANOTHER = 10.0  # seconds that a request waits for the one that makes its page

# Told of each page that readers were answered with: its path and the request's WSGI environment.
Heard = Callable[[str, WSGIEnvironment], object]


@dataclass
class _Flight:
    """The making of a page; `page` is there once it has `landed`, unless that failed."""

    now: Moment
    landed: threading.Event = field(default_factory=threading.Event)
    page: Page | None = None


class PageCache:
    """Answers public GET and HEAD requests from memory when it can; everything else goes through.

    `bytes` says how much memory its pages take, about, and `most_bytes` how much they may. `heard` is
    called for every GET that is answered with a page (200, or 304 to a reader who holds it), not for HEAD,
    redirects and what is missing or gone.
    """

    def __init__(
        self,
        app: WSGIApplication,
        watch: Watch,
        press: Press,
        withdrawn: Withdrawn,
        zone: ZoneInfo,
    ) -> None:
        self.watch = watch
        self._app, self._press, self._withdrawn, self._zone = app, press, withdrawn, zone
        self._pages: dict[str, Page] = {}
        self.bytes, self.most_bytes = 0, 64 * 1024 * 1024
        self.heard: Heard | None = None
        self._storing = threading.Lock()
        self._flights: dict[str, _Flight] = {}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        page = self._pages.get(environ["PATH_INFO"])
        if (  # nearly every request; every microsecond counts here
            page is not None
            and environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and page.made.edition == self.watch.number()
            and clock.now() < page.until
        ):
            return self._answer(page, environ, start)
        return self._find_or_make(environ, start)

    def _find_or_make(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not is_for_a_page(environ):
            if is_for_a_text(environ):
                return compressed(self._app, environ, start)
            return self._app(environ, start)
        environ["QUERY_STRING"] = named_query(environ)
        key, now = key_of(environ), self._now()
        if now is None:
            page = self._last(key)
            return self._answer(page, environ, start) if page else self._app(environ, start)
        return self._answer(self._fresh(key, now) or self._make(key, now, environ), environ, start)

    def _now(self) -> Moment | None:
        """The edition at this moment; None when the database cannot be asked."""
        since = time.time()
        edition = self.watch.number()
        return None if edition is None else Moment(edition, since)

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

    def give_up(self, path: str) -> None:
        """What stands at `path` is not what stood there: no page that may tell of that is shown again.

        The page at `path` is made now, so that what has become of it is told even without the database.
        """
        self._withdrawn.note(path, time.time())
        now = self._now()
        if now is not None:
            self._make(path, now, EnvironBuilder(path=path).get_environ())

    def _make(self, key: str, now: Moment, environ: WSGIEnvironment) -> Page:
        """One request makes the page; the others that want it wait for it, if it is not too old for them."""
        while True:
            with self._storing:
                landed, flight = self._fresh(key, now), self._flights.get(key)
                if landed is None and flight is None:
                    mine = self._flights[key] = _Flight(now)
            if landed is not None:
                return landed
            if flight is None:
                return self._fly(mine, key, environ)
            if not flight.landed.wait(_WAIT_FOR_ANOTHER):
                return self._render(now, environ)
            if flight.page is not None and flight.now.reaches(now):
                return flight.page

    def _fresh(self, key: str, now: Moment) -> Page | None:
        """The page in memory, if it is right now."""
        page = self._pages.get(key)
        if page is None or not page.made.reaches(now) or page.until <= clock.now():
            return None
        return page

    def _fly(self, flight: _Flight, key: str, environ: WSGIEnvironment) -> Page:
        try:
            flight.page = self._settle(key, self._render(flight.now, environ))
            return flight.page
        finally:
            with self._storing:
                del self._flights[key]
            flight.landed.set()

    def _render(self, now: Moment, environ: WSGIEnvironment) -> Page:
        """What the application answers to this address, asked without anything that is the reader's own."""
        with listening(self._midnight()) as moments:
            chunks, status, headers = run_wsgi_app(
                self._app, impersonal(environ) | {ASKED: True}, buffered=True
            )
        return Page(status, headers.to_wsgi_list(), b"".join(chunks), now, min(moments))

    def _midnight(self) -> datetime:
        """When pages that say today's date become wrong."""
        local = clock.now().astimezone(self._zone)
        return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)

    def _settle(self, key: str, page: Page) -> Page:
        """Keep a page that can be kept; for one that failed for want of the database, the last that was.

        A page that fails for another reason is answered as it is: what was right before may not be now.
        """
        if may_be_kept(key, page.status) and not page.is_fleeting:
            self._store(key, page)
            self._press.keep(key, page)
        elif page.status.startswith("503"):
            return self._last(key) or page
        elif page.status < "500":
            self._forget(key)
        return page

    def _last(self, key: str) -> Page | None:
        """The newest page of this address that any process has made, if all in it may still be shown."""
        page = newer(self._pages.get(key), self._press.find(key))
        return None if page is None or self._withdrawn.is_told_of_by(page) else page

    def _store(self, key: str, page: Page) -> None:
        with self._storing:
            earlier = self._pages.get(key)
            if earlier is not None and earlier.made.since > page.made.since:
                return
            self._remove(key)
            if page.size > self.most_bytes:
                return
            if earlier is not None:
                page.take_over(earlier)
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._remove(next(iter(self._pages)))

    def _forget(self, key: str) -> None:
        with self._storing:
            self._remove(key)
        self._press.drop(key)

    def _remove(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size
