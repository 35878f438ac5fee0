"""WebSub (www.w3.org/TR/websub): tells a hub about every feed that changes. The hub tells the subscribers.

A changed feed is stored in the transaction that changes what readers see. A server process tells the hub
later (`core.outbox`, `core.jobs`), so that no editor waits for a hub and no change is lost when a process
ends. Without `STET_WEBSUB_HUB` nothing is stored, and feeds name no hub (`reader/feeds`).
"""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, current_app

from app.core.config import Settings
from app.core.events import lists_changed
from app.core.jobs import Jobs
from app.websub.notifier import Feeds, HubNotifier

_NAME = "websub"


def attach(app: Flask, settings: Settings, feeds: Feeds, jobs: Jobs) -> None:
    """If a hub is configured, make `app` store which feeds change, and `jobs` tell the hub."""
    if settings.websub_hub:
        notifier = app.extensions[_NAME] = HubNotifier(settings, feeds)
        jobs.add(notifier.job)


@lists_changed.connect
def note(lists: Collection[str]) -> None:
    """Store in the present transaction which feeds have changed, for the hub of the current application."""
    if (notifier := current_app.extensions.get(_NAME)) is not None:
        notifier.note(lists)
