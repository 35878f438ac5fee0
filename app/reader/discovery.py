"""Files that programs look for at fixed addresses: robots.txt, security.txt, the web app manifest and icons.

Hung into the reader's blueprint by `reader/views`.
"""

from __future__ import annotations

import json
from datetime import UTC, timedelta

from flask import Blueprint, Response, current_app, send_from_directory

from app.core import clock
from app.core.addresses import cached, reserve
from app.core.config import Settings
from app.core.errors import NotFound
from app.core.language import localization

bp = Blueprint("discovery", __name__)
cached(bp)
reserve(bp, "robots")

# RFC 9116, section 2.5.5, recommends less than a year.
_VALID = timedelta(days=180)
_PAPER = "#fdfdfc"  # the colour behind every page, as in the layout
# How long an icon may be kept: its address has no hash that would change with it.
_A_DAY = 86400  # seconds


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
    # The date changes once a month, so that a page cache can keep the file.
    month = clock.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return _plain(
        f"Contact: {settings.security_contact}",
        f"Expires: {month + _VALID:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.language}",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )


@bp.get("/favicon.ico")
def icon() -> Response:
    """`static/icon.svg` in 32 pixels, for programs that read no page's head; browsers find theirs there."""
    return _drawn("favicon.ico", "image/vnd.microsoft.icon")


@bp.get("/apple-touch-icon.png")
def touch_icon() -> Response:
    """The same in 180 pixels and without corners, which telephones cut themselves."""
    return _drawn("apple-touch-icon.png", "image/png")


@bp.get("/site.webmanifest")
def manifest() -> Response:
    """What a telephone shows of the site on its home screen (W3C Web Application Manifest)."""
    settings: Settings = current_app.config["STET"]
    described = {
        "name": settings.site_name,
        "lang": settings.language,
        "dir": localization().direction,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [
            {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "/apple-touch-icon.png", "sizes": "180x180", "type": "image/png"},
        ],
    }
    return Response(json.dumps(described, ensure_ascii=False), mimetype="application/manifest+json")


def _drawn(name: str, mimetype: str) -> Response:
    folder = current_app.static_folder or ""
    return send_from_directory(folder, name, mimetype=mimetype, max_age=_A_DAY)


def _plain(*lines: str) -> Response:
    return Response("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")
