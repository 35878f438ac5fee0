"""What the hub is to be told, and telling it; `create_app` makes one teller for each process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta

from app.core import clock, outbox
from app.core.config import Settings
from app.core.delivery import NotDelivered, ReceiverAway, delivery
from app.core.jobs import Job
from app.core.outbox import Claim
from app.websub import hub
from app.websub.hub import HubAnswer

KIND = "websub"  # of the outbox; the keys are the whole addresses of feeds

Feeds = Callable[[str, str], Iterable[str]]
"""The addresses of the feeds of what a page lists, from the site's address and the page's path."""


class HubNotifier:
    """Notes which feeds have changed, and tells the hub of them."""

    def __init__(self, settings: Settings, feeds: Feeds) -> None:
        self._hub, self._feeds = settings.websub_hub, feeds
        self._base = settings.base_url
        # A CDN in front may answer the hub with the old feed for so long (`reader.for_networks`).
        self._wait = timedelta(seconds=settings.cdn_seconds * 2)

    @property
    def job(self) -> Job:
        """Telling the hub of what was noted, of as many feeds at once as it takes."""
        return delivery(KIND, self.notify, most=hub.most_at_once(self._hub))

    def note(self, lists: Collection[str]) -> None:
        """Note in the transaction under way that the feeds of these lists are not what they were."""
        feeds = [feed for page in sorted(lists) for feed in self._feeds(self._base, page)]
        outbox.put(KIND, {feed: {} for feed in feeds}, clock.now() + self._wait)

    def notify(self, claimed: Claim) -> None:
        """Tell the hub of these; raises `NotDelivered` when it did not take it."""
        answer, detail = hub.notify(self._hub, claimed.keys, f"Stet (+{self._base}/)")
        if answer is not HubAnswer.ACCEPTED:
            error = ReceiverAway if answer is HubAnswer.AWAY else NotDelivered
            raise error(f"{self._hub} {answer.value} ({detail})")
