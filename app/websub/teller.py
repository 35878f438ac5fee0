"""The thread that tells the hub what was noted; `create_app` makes one for each process that serves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from multiprocessing.util import Finalize

from flask import Flask

from app.core import clock
from app.core.config import Settings
from app.core.db import after_commit, transaction, unavailable_named
from app.core.errors import Unavailable
from app.websub import actions, hub
from app.websub.actions import Claimed
from app.websub.hub import Answer
from app.websub.queries import next_due

# Seconds after which it looks by itself: for what a command noted, or another process that was killed.
LOOKS = 5.0

Feeds = Callable[[str, str], Iterable[str]]
"""The addresses of the feeds of what a page lists, from the site's address and the page's path."""


_KEPT_ACCOUNT = {
    Answer.TOLD: actions.told,
    Answer.REFUSED: actions.put_off,
    Answer.AWAY: actions.put_all_off,
}


class Teller:
    """Notes which feeds have changed, and tells the hub of them in a thread of its own, once started."""

    def __init__(self, app: Flask, settings: Settings, feeds: Feeds) -> None:
        self._app, self._hub, self._feeds = app, settings.websub_hub, feeds
        self._base = settings.base_url
        # A CDN in front may answer the hub with the old feed for so long (`reader.for_networks`).
        self._wait = timedelta(seconds=settings.cdn_seconds * 2)
        self._woken, self._stopped = threading.Event(), threading.Event()

    def note(self, lists: Collection[str]) -> None:
        """Note in the transaction under way that the feeds of these lists are not what they were."""
        feeds = [feed for page in sorted(lists) for feed in self._feeds(self._base, page)]
        actions.note(feeds, clock.now() + self._wait)
        after_commit(self._woken.set)

    def start(self) -> None:
        """Tell what there is, and from now on whatever is noted."""
        threading.Thread(target=self._run, name="websub", daemon=True).start()
        Finalize(None, self.stop, exitpriority=0)

    def stop(self) -> None:
        """Tell nothing more; what is left is there for the next process."""
        self._stopped.set()
        self._woken.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            pause = LOOKS
            try:
                pause = self.tell_all()
            except Unavailable:
                pass  # the database comes back, and the next round with it
            except Exception:  # whatever went wrong, the next round must come
                self._app.logger.exception("WebSub: a round failed.")
            self._woken.wait(pause)
            self._woken.clear()

    def tell_all(self) -> float:
        """Tell the hub of all that is due; for how many seconds there is nothing to do afterwards."""
        with self._app.app_context():
            while not self._stopped.is_set() and _seconds_until_due() <= 0:
                if (claimed := self._claim()) is None:
                    break  # another process is at it
                self._tell(claimed)
            return max(0.1, min(LOOKS, _seconds_until_due()))

    def _claim(self) -> Claimed | None:
        with transaction():
            given_up = actions.give_up()
            claimed = actions.claim(hub.most_at_once(self._hub))
        if given_up:
            self._app.logger.error(
                "WebSub: %s could not be told of these for a day, and will not be: %.1000s",
                self._hub,
                ", ".join(given_up),
            )
        return claimed

    def _tell(self, claimed: Claimed) -> None:
        """Tell the hub of what was claimed, in no transaction, and keep account of that."""
        answer, detail = hub.tell(self._hub, claimed.feeds, f"Stet (+{self._base}/)")
        with transaction():
            _KEPT_ACCOUNT[answer](claimed)
        if answer is not Answer.TOLD:
            self._app.logger.warning(
                "WebSub: %s %s (%s): %.1000s; it is told again later.",
                *(self._hub, answer.value, detail, ", ".join(claimed.feeds)),
            )


def _seconds_until_due() -> float:
    """Without writing, so that looking is in nobody's way."""
    with unavailable_named():
        due_at = next_due()
    return LOOKS if due_at is None else (due_at - clock.now()).total_seconds()
