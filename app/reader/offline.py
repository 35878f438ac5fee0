"""Reading without a network: the page that lists what a device keeps, and the worker that keeps it.

Hung into the reader's blueprint by `reader/views`. Both are the same for everybody; what is kept, and whether
anything is, only the reader's own browser knows (`assets/src/reader/keep.ts`, `assets/src/worker/`).
"""

from __future__ import annotations

from flask import Blueprint, Response

from app.core import assets
from app.core.addresses import cached
from app.reader.rendering import render

bp = Blueprint("offline", __name__)
cached(bp)


@bp.get("/kept")
def kept() -> str:
    """The page of offline stories. The device itself adds the stories."""
    return render("reader/pages/kept.html")


@bp.get("/worker.js")
def worker() -> Response:
    """The service worker, at the top so that it may answer for all pages (Service Workers, section 3.1.1).

    Browsers register it by this one address, so it carries no hash and is asked about each time.
    """
    return Response(assets.text_of("worker.js"), content_type="text/javascript; charset=utf-8")
