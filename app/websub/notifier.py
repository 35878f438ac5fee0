"""Stores which feeds have changed, and tells the hub. `create_app` makes one notifier for each process."""

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

KIND = "websub"  # of outbox entries; their keys are the full URLs of feeds

Feeds = Callable[[str, str], Iterable[str]]
"""Gives the URLs of the feeds of a list, from the site's URL and the path of the list."""


class HubNotifier:
    """Stores which feeds have changed, and tells the hub about them."""

    def __init__(self, settings: Settings, feeds: Feeds) -> None:
        self._hub, self._feeds = settings.websub_hub, feeds
        self._base = settings.base_url
        # A CDN may answer the hub with the old feed for this long (`reader/caching`).
        self._wait = timedelta(seconds=settings.cdn_seconds * 2)

    @property
    def job(self) -> Job:
        """The job that tells the hub about stored changes, with as many feeds at once as it accepts."""
        return delivery(KIND, self.notify, most=hub.most_at_once(self._hub))

    def note(self, lists: Collection[str]) -> None:
        """Store in the present transaction that the feeds of these lists have changed."""
        feeds = [feed for page in sorted(lists) for feed in self._feeds(self._base, page)]
        outbox.put(KIND, {feed: {} for feed in feeds}, clock.now() + self._wait)

    def notify(self, claimed: Claim) -> None:
        """Tell the hub about these feeds. Raises `NotDelivered` when it did not accept them."""
        answer, detail = hub.notify(self._hub, claimed.keys, f"Stet (+{self._base}/)")
        if answer is not HubAnswer.ACCEPTED:
            error = ReceiverAway if answer is HubAnswer.AWAY else NotDelivered
            raise error(f"{self._hub} {answer.value} ({detail})")
