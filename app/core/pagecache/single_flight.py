"""Many requests for the same page at once have it rendered once ("single flight")."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app.core.pagecache.responses import CachedPage, Snapshot

_TIMEOUT = 10.0  # seconds that a request waits for the one that renders its page


@dataclass
class _Flight:
    """One rendering that is under way; `page` is set when it has `ended`, unless it failed or is personal."""

    snapshot: Snapshot
    ended: threading.Event = field(default_factory=threading.Event)
    page: CachedPage | None = None


class SingleFlight:
    """Renderings that are under way, by the key of their page."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight] = {}
        self._changing = threading.Lock()

    def page(
        self,
        key: str,
        snapshot: Snapshot,
        *,
        find: Callable[[], CachedPage | None],
        render: Callable[[], CachedPage],
    ) -> CachedPage:
        """What `find` finds, what another request renders now, or what `render` gives.

        A page that another request began before `snapshot` is not used, because it may be out of date:
        after that one has ended, one of the waiting requests renders it again. A page that may be kept must
        be where `find` finds it when `render` returns.
        """
        while True:
            with self._changing:
                found, flight = find(), self._flights.get(key)
                if found is None and flight is None:
                    own = self._flights[key] = _Flight(snapshot)
            if found is not None:
                return found
            if flight is None:
                return self._fly(key, own, render)
            if not flight.ended.wait(_TIMEOUT):
                return render()
            if flight.page is not None and flight.snapshot.is_current_at(snapshot):
                return flight.page

    def _fly(self, key: str, flight: _Flight, render: Callable[[], CachedPage]) -> CachedPage:
        try:
            page = render()
            if not page.sets_cookie:
                flight.page = page
            return page
        finally:
            with self._changing:
                del self._flights[key]
            flight.ended.set()
