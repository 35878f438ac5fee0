"""The page cache: whole public pages, answered before Flask is asked.

A page is stamped with the edition under which it was rendered. While that is the current edition, the stored
bytes are the response; after that, the page is rendered again, once for all who ask for it. `create_app`
puts the cache in front of the application. Code that renders something that expires calls `expires_at`.
"""

from __future__ import annotations

from wsgiref.types import WSGIApplication

from flask import Flask, current_app

from app.core.addresses import addresses_of
from app.core.config import Settings
from app.core.db import db
from app.core.events import address_changed, edition_raised
from app.core.pagecache.cache import OnPageRead, PageCache
from app.core.pagecache.disk_store import DiskStore
from app.core.pagecache.edition_watch import watch_for
from app.core.pagecache.expiry import expires_at
from app.core.pagecache.memory_store import MemoryStore
from app.core.pagecache.withdrawn import WithdrawnAddresses

__all__ = ["PageCache", "attach", "expires_at"]


def attach(
    app: Flask,
    settings: Settings,
    *,
    unlimited: WSGIApplication,
    on_page_read: OnPageRead | None = None,
) -> None:
    """Put a cache in front of `app`, unless it may use no memory (`STET_PAGE_CACHE_MB=0`).

    Nor during `flask run --debug`, where templates are worked on: no edition tells of their changes.
    `unlimited` is the application without admission control, for pages that no request waits for.
    `on_page_read` is called in the request, so it must neither wait nor raise; see `PageCache`.
    """
    with app.app_context():
        app.extensions["edition_watch"] = watch = watch_for(db.engine, settings.instance)
    if settings.page_cache_mb == 0 or app.debug:
        return
    folder = settings.instance / "pages"
    withdrawn = WithdrawnAddresses(folder / "withdrawn.json")
    cache = PageCache(
        app.wsgi_app,
        unlimited=unlimited,
        addresses=addresses_of(app),
        watch=watch,
        memory=MemoryStore(settings.page_cache_mb * 1024 * 1024),
        disk=DiskStore(folder, withdrawn),
        withdrawn=withdrawn,
        zone=settings.timezone,
    )
    cache.on_page_read = on_page_read
    app.extensions["pagecache"] = cache
    app.wsgi_app = cache  # type: ignore[assignment,method-assign]  # Flask's documented way


@edition_raised.connect
def notify_all_processes(_cause: str) -> None:
    """Tell all processes of the new edition at once, also when this one has no page cache."""
    current_app.extensions["edition_watch"].notify()


@address_changed.connect
def withdraw_from_cache(path: str) -> None:
    """Have the current application's cache show nothing more of what stood at `path`."""
    if (cache := current_app.extensions.get("pagecache")) is not None:
        cache.withdraw(path)
