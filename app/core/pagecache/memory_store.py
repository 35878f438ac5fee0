"""Cached pages in memory, up to a number of bytes."""

from __future__ import annotations

import threading

from app.core.pagecache.responses import CachedPage


class MemoryStore:
    """The newest page of each address.

    `bytes` is roughly how much memory the pages take, `most_bytes` how much they may take. `pages` may be
    read without a lock; it is changed here only.
    """

    def __init__(self, most_bytes: int) -> None:
        self.pages: dict[str, CachedPage] = {}
        self.bytes, self.most_bytes = 0, most_bytes
        self._changing = threading.Lock()

    def save(self, key: str, page: CachedPage) -> None:
        """Keep `page`, unless a newer one is there already; the oldest entries make room for it."""
        with self._changing:
            earlier = self.pages.get(key)
            if earlier is not None and earlier.rendered.taken_at > page.rendered.taken_at:
                return
            self._remove(key)
            if page.size > self.most_bytes:
                return
            if earlier is not None:
                page.take_encodings_of(earlier)
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._remove(next(iter(self.pages)))

    def delete(self, key: str) -> None:
        """Remove the page of this address, if there is one."""
        with self._changing:
            self._remove(key)

    def _remove(self, key: str) -> None:
        page = self.pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size
