"""Decides from the request headers whether a person is reading. Nothing about the request is kept.

`counter` calls this for every page that is answered, so it has to be fast.
"""

from __future__ import annotations

from functools import lru_cache
from wsgiref.types import WSGIEnvironment

# The names of all browsers begin like this. Honest programs give their own name.
_BROWSERS = ("Mozilla/", "Opera/")
# Parts of the names of robots whose names begin like a browser's, in lower case.
_ROBOTS = (
    *("bot", "crawl", "spider", "slurp", "scrap", "fetch", "archiv", "scan", "monitor", "check"),
    *("preview", "headless", "lighthouse", "pagespeed", "facebookexternalhit", "whatsapp/"),
    *("validator", "feed", "python", "httpclient", "http-client", "wget", "curl", "phantom"),
    *("+http:", "+https:"),
)
_NO_ROBOT = "cubot"  # makes telephones
_IN_ADVANCE = ("prefetch", "prerender", "preview")


def is_reading(environ: WSGIEnvironment) -> bool:
    """Whether a person has opened this page, as far as the request headers show it.

    A page that a script fetches (`Sec-Fetch-Mode`, w3c.github.io/webappsec-fetch-metadata), for example to
    read it offline, does not count. Neither does a page that a browser fetches in advance (`Sec-Purpose` and
    older headers for it). A browser that sends none of these headers counts.
    """
    get = environ.get
    if get("HTTP_SEC_FETCH_MODE", "navigate") != "navigate":
        return False
    purpose = get("HTTP_SEC_PURPOSE") or get("HTTP_PURPOSE") or get("HTTP_X_MOZ")
    if purpose and any(word in purpose.lower() for word in _IN_ADVANCE):
        return False
    return _is_browser(get("HTTP_USER_AGENT", "")[:300])


@lru_cache(maxsize=256)  # a few names cover nearly all readers, and a name identifies no reader
def _is_browser(agent: str) -> bool:
    if not agent.startswith(_BROWSERS):
        return False
    small = agent.lower().replace(_NO_ROBOT, "")
    return not any(name in small for name in _ROBOTS)
