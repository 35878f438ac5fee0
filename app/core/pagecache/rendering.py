"""Asks the application for a page, in a way that gives every reader the same. Called by `PageCache`."""

from __future__ import annotations

from datetime import datetime, timedelta
from wsgiref.types import WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from werkzeug.test import run_wsgi_app

from app.core import clock
from app.core.pagecache.expiry import collecting
from app.core.pagecache.requests import DATABASE_CHECKED, impersonal
from app.core.pagecache.responses import CachedPage, Snapshot


def render(
    app: WSGIApplication, environ: WSGIEnvironment, now: Snapshot, zone: ZoneInfo
) -> CachedPage:
    """The response of `app` to this address; it expires at midnight in `zone`, or earlier if code says so."""
    with collecting(_midnight(zone)) as expiries:
        chunks, status, headers = run_wsgi_app(
            app, impersonal(environ) | {DATABASE_CHECKED: True}, buffered=True
        )
    return CachedPage(status, headers.to_wsgi_list(), b"".join(chunks), now, min(expiries))


def _midnight(zone: ZoneInfo) -> datetime:
    """When pages that show today's date expire."""
    local = clock.now().astimezone(zone)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
