"""The pages that wait to be written to disk: the newest of each address, up to a number of bytes."""

from __future__ import annotations

import threading

from app.core.pagecache.responses import CachedPage


class WaitingPages:
    """When readers are faster than the disk, pages are left out, so that they do not fill the memory."""

    def __init__(self, most_bytes: int) -> None:
        self.bytes, self._most_bytes = 0, most_bytes
        self._pages: dict[str, CachedPage] = {}
        self._changing = threading.Lock()

    def add(self, key: str, page: CachedPage) -> bool:
        """Have `page` wait. True if no page of its address waits already, and there is room."""
        with self._changing:
            earlier = self._pages.get(key)
            if earlier is not None and earlier.rendered.taken_at > page.rendered.taken_at:
                return False
            more = page.size - (earlier.size if earlier else 0)
            if self.bytes + more > self._most_bytes:
                return False
            self._pages[key] = page
            self.bytes += more
            return earlier is None

    def take(self, key: str) -> CachedPage | None:
        """The page of this address, which waits no longer."""
        with self._changing:
            page = self._pages.pop(key, None)
            if page is not None:
                self.bytes -= page.size
            return page
