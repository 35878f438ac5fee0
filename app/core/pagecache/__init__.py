"""The page cache: whole public pages, answered before Flask is asked (ARCHITECTURE section 4).

A page is stamped with the edition that it was made under. While that is the current one, its ready bytes
are the answer; after it, the page is made anew, once for all who wait. `create_app` puts it in front. Code
that shows readers what is right for a while only says so with `due`.
"""

from __future__ import annotations

from flask import Flask, current_app

from app.core.config import Settings
from app.core.db import db
from app.core.events import address_changed, edition_raised
from app.core.pagecache.cache import Heard, PageCache
from app.core.pagecache.due import due
from app.core.pagecache.press import Press
from app.core.pagecache.watch import watch_on
from app.core.pagecache.withdrawn import Withdrawn

__all__ = ["PageCache", "attach", "due"]


def attach(app: Flask, settings: Settings, heard: Heard | None = None) -> None:
    """Put a cache in front of `app`, unless it may use no memory (`STET_PAGE_CACHE_MB=0`).

    Nor while somebody works on the templates with `flask run --debug`: no edition tells of their changes.
    `heard` is called in the request, so it must neither wait nor raise; see `PageCache.heard`.
    """
    with app.app_context():
        app.extensions["edition"] = watch = watch_on(db.engine, settings.instance)
    if settings.page_cache_mb == 0 or app.debug:
        return
    folder = settings.instance / "pages"
    press, withdrawn = Press(folder), Withdrawn(folder / "withdrawn.json")
    cache = PageCache(app.wsgi_app, watch, press, withdrawn, settings.timezone)
    cache.most_bytes = settings.page_cache_mb * 1024 * 1024
    cache.heard = heard
    app.extensions["pagecache"] = cache
    app.wsgi_app = cache  # type: ignore[assignment,method-assign]  # Flask's documented way


@edition_raised.connect
def ring(_cause: str) -> None:
    """Let all processes know at once that there is a new edition, whether this one keeps pages or not."""
    current_app.extensions["edition"].raised()


@address_changed.connect
def give_up(path: str) -> None:
    """Have the cache of the application that is acting forget what stood at `path`."""
    if (cache := current_app.extensions.get("pagecache")) is not None:
        cache.give_up(path)
