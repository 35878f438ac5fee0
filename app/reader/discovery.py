"""Plain files that machines look for first: robots.txt and security.txt.

Hung into the reader's blueprint by `reader/views`.
"""

from __future__ import annotations

from datetime import UTC, timedelta

from flask import Blueprint, Response, current_app

from app.core import clock
from app.core.config import Settings
from app.core.errors import NotFound

bp = Blueprint("discovery", __name__)

# RFC 9116, section 2.5.5, recommends less than a year.
_VALID = timedelta(days=180)


@bp.get("/robots.txt")
def robots() -> Response:
    """What robots may visit (RFC 9309): all but the newsroom, which sends them to sign in, and searches."""
    settings: Settings = current_app.config["STET"]
    return _plain(
        "User-agent: *",
        "Disallow: /newsroom$",
        "Disallow: /newsroom/",
        "Disallow: /search?",
        "",
        f"Sitemap: {settings.base_url}/sitemap.xml",
        f"Sitemap: {settings.base_url}/sitemaps/news.xml",
    )


@bp.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); raises `NotFound` until an admin has said whom."""
    settings: Settings = current_app.config["STET"]
    if not settings.security_contact:
        raise NotFound
    # The same bytes for a month, so that a page cache can keep them.
    month = clock.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return _plain(
        f"Contact: {settings.security_contact}",
        f"Expires: {month + _VALID:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.language}",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )


def _plain(*lines: str) -> Response:
    return Response("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")
