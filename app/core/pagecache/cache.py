"""The WSGI middleware: finds the page that answers a request, or has it rendered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from werkzeug.test import EnvironBuilder

from app.core import clock
from app.core.addresses import Addresses
from app.core.pagecache import rendering
from app.core.pagecache.disk_store import DiskStore
from app.core.pagecache.edition_watch import EditionWatch
from app.core.pagecache.encodings import best_encoding
from app.core.pagecache.memory_store import MemoryStore
from app.core.pagecache.requests import (
    is_for_a_page,
    is_for_a_text,
    key_of,
    may_be_kept,
    page_query,
)
from app.core.pagecache.responses import CachedPage, Snapshot, newer
from app.core.pagecache.single_flight import SingleFlight
from app.core.pagecache.uncached import respond_compressed
from app.core.pagecache.withdrawn import WithdrawnAddresses, is_mentioned
from app.core.pagecache.worker_thread import WorkerThread

# Called with the path and the WSGI environment of each request that was answered with a page.
OnPageRead = Callable[[str, WSGIEnvironment], object]


class PageCache:
    """Answers public GET and HEAD requests from memory when it can; everything else goes to `app`.

    Pages that are rendered in the background are asked of `unlimited`: the application without admission
    control, so that they take no request's place and do not wait for one.
    `on_page_read` is called for every GET that is answered with a page (200, or 304 to a reader who has it),
    but not for HEAD, redirects and what is missing or gone.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        unlimited: WSGIApplication,
        addresses: Addresses,
        watch: EditionWatch,
        memory: MemoryStore,
        disk: DiskStore,
        withdrawn: WithdrawnAddresses,
        zone: ZoneInfo,
    ) -> None:
        self.watch, self.memory = watch, memory
        self._app, self._disk, self._withdrawn, self._zone = app, disk, withdrawn, zone
        self._addresses = addresses
        self._page_in_memory = memory.pages.get
        self._flights = SingleFlight()
        self._background = WorkerThread("page cache", partial(self._render_anew, unlimited))
        self.on_page_read: OnPageRead | None = None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        page = self._page_in_memory(environ["PATH_INFO"])
        if (  # nearly every request; every microsecond counts here
            page is not None
            and environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and page.rendered.edition == self.watch.number()
            and clock.now() < page.expires
        ):
            return self._respond(page, environ, start)
        return self._find_or_render(environ, start)

    def _find_or_render(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not is_for_a_page(environ, self._addresses):
            if is_for_a_text(environ, self._addresses):
                return respond_compressed(self._app, environ, start)
            return self._app(environ, start)
        environ["QUERY_STRING"] = page_query(environ)
        key, now = key_of(environ), self._snapshot()
        if now is None:
            page = self._last(key)
            return self._respond(page, environ, start) if page else self._app(environ, start)
        return self._respond(self._current(key, now, self._app, environ), environ, start)

    def _respond(
        self, page: CachedPage, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """The page in the encoding that is best for the reader, or 304 if they have it already."""
        encoded = page.encoded(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        is_get = environ["REQUEST_METHOD"] == "GET"
        if page.is_revalidated:
            if is_get and self.on_page_read is not None:
                self.on_page_read(environ["PATH_INFO"], environ)
            tags = environ.get("HTTP_IF_NONE_MATCH")
            if tags is not None and page.matches(tags):
                start("304 Not Modified", encoded.headers_without_body)
                return []
        start(page.status, encoded.headers)
        # A list, which Granian sends at once. Other iterables it sends piece by piece, at half the speed.
        return encoded.chunks if is_get else []

    def wait_until_idle(self) -> None:
        """Wait until all work in the background is done: every page is rendered and written to disk."""
        self._background.wait_until_idle()
        self._disk.wait_until_idle()

    def withdraw(self, path: str) -> None:
        """From now on show no page that may contain what stood at `path`; called after the commit.

        The page that tells what has become of it is rendered soon afterwards, in the background: readers
        get it even when the database goes away, and whoever withdraws it does not wait for that.
        """
        at = time.time()
        self._withdrawn.add(path, at)
        self._delete(path)
        self._delete_copies(path, at)
        self._background.add(path)

    def _delete_copies(self, path: str, at: float) -> None:
        """Remove the copies on disk that mention `path`. Whoever withdraws it waits a second at most."""
        is_unfit = partial(is_mentioned, path, at)
        deleting = threading.Thread(target=self._disk.delete_if, args=(is_unfit,), daemon=True)
        deleting.start()
        deleting.join(1)

    def _render_anew(self, app: WSGIApplication, path: str) -> None:
        now = self._snapshot()
        if now is not None:
            self._current(path, now, app, EnvironBuilder(path=path).get_environ())

    def _snapshot(self) -> Snapshot | None:
        """The edition at this moment; None when the database cannot be asked."""
        taken_at = time.time()
        edition = self.watch.number()
        return None if edition is None else Snapshot(edition, taken_at)

    def _current(
        self, key: str, now: Snapshot, app: WSGIApplication, environ: WSGIEnvironment
    ) -> CachedPage:
        """The page that is right now: from memory, or rendered once for all who ask for it."""

        def find() -> CachedPage | None:
            page = self._page_in_memory(key)
            if page is None or not page.rendered.is_current_at(now) or page.expires <= clock.now():
                return None
            return page

        def render() -> CachedPage:
            return self._keep(key, rendering.render(app, environ, now, self._zone))

        return find() or self._flights.page(key, now, find=find, render=render)

    def _keep(self, key: str, page: CachedPage) -> CachedPage:
        """Store a page that may be kept; instead of one that failed without the database, return the last.

        A page that failed for another reason is returned: what was right before may be wrong now.
        """
        if may_be_kept(key, page.status) and not page.forbids_caching:
            self.memory.save(key, page)
            if page.is_never_stale:
                self._disk.delete(key)
            else:
                self._disk.save(key, page)
        elif page.status.startswith("503"):
            return self._last(key) or page
        elif page.status < "500":
            self._delete(key)
        return page

    def _delete(self, key: str) -> None:
        self.memory.delete(key)
        self._disk.delete(key)

    def _last(self, key: str) -> CachedPage | None:
        """The newest page of this address that any process rendered, if all of it may still be shown."""
        page = newer(self._page_in_memory(key), self._disk.load(key))
        if page is None or page.is_never_stale or self._withdrawn.are_mentioned_in(page):
            return None
        return page
