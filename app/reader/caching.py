"""How long browsers and caches outside may keep a public response."""

from __future__ import annotations

from flask import Response, current_app, request

from app.core.addresses import is_private

# How long a cache may serve stale pages while this server fails, in seconds.
_A_DAY = 86400


def let_caches_keep(response: Response) -> Response:
    """Set how long a public response may be cached, unless it has its own header (media, static)."""
    if response.status_code < 500 and not is_private(request.path):
        seconds = _seconds()
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = for_browsers(seconds)
            response.headers["CDN-Cache-Control"] = for_networks(seconds)
    return response


def never_show_stale(response: Response) -> Response:
    """Forbid every cache, our own too, to show this response when it cannot be made anew.

    For pages that name all authors or topics: a copy could name one who has only withdrawn stories, and the
    page itself does not tell which story it names them for.
    """
    seconds = _seconds()
    response.headers["Cache-Control"] = (
        f"public, max-age=0, must-revalidate, s-maxage={seconds}, stale-if-error=0"
    )
    response.headers["CDN-Cache-Control"] = f"public, max-age={seconds}, stale-if-error=0"
    return response


def for_browsers(seconds: int) -> str:
    """`Cache-Control` of a page: browsers ask each time, so that what an editor publishes is seen at once.

    `must-revalidate` binds browsers, which would else show what they have while they ask. Proxies that
    know of no header of their own (nginx) go by the rest, as `for_networks` tells.
    """
    return f"public, max-age=0, must-revalidate, s-maxage={seconds}, {_while_stale(seconds)}"


def for_networks(seconds: int) -> str:
    """`CDN-Cache-Control` (RFC 9213): a CDN answers by itself for `seconds`, then for as long again while it
    fetches the new page, and for a day while this server fails (RFC 5861)."""
    return f"public, max-age={seconds}, {_while_stale(seconds)}"


def _while_stale(seconds: int) -> str:
    return f"stale-while-revalidate={seconds}, stale-if-error={_A_DAY}"


def _seconds() -> int:
    seconds: int = current_app.config["STET"].cdn_seconds
    return seconds
