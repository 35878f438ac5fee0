"""WebSub (www.w3.org/TR/websub): a hub is told of every feed that changes, and tells those who follow it.

What is to be told is noted in the transaction that changes what readers see, and told later by a server
process (`core.outbox`, `core.jobs`), so that no editor waits for a hub and nothing is forgotten when a
process ends. Without `STET_WEBSUB_HUB` nothing is noted, and feeds name no hub (`reader/feeds`).
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
    """Have `app` note which feeds change, and `jobs` tell the hub, if there is one."""
    if settings.websub_hub:
        notifier = app.extensions[_NAME] = HubNotifier(settings, feeds)
        jobs.add(notifier.job)


@lists_changed.connect
def note(lists: Collection[str]) -> None:
    """Note in the transaction under way what the hub of the application that is acting is to be told."""
    if (notifier := current_app.extensions.get(_NAME)) is not None:
        notifier.note(lists)
