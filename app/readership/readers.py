"""Whether a request is somebody reading: by what browsers say of every request, and nothing is kept of it.

Called by `counter` for every page that readers are answered with, so it has to be quick.
"""

from __future__ import annotations

from functools import lru_cache
from wsgiref.types import WSGIEnvironment

# All browsers begin so; programs that do not pretend to be one give their own name.
_BROWSERS = ("Mozilla/", "Opera/")
# How robots that begin so name themselves, in small letters.
_ROBOTS = (
    *("bot", "crawl", "spider", "slurp", "scrap", "fetch", "archiv", "scan", "monitor", "check"),
    *("preview", "headless", "lighthouse", "pagespeed", "facebookexternalhit", "whatsapp/"),
    *("validator", "feed", "python", "httpclient", "http-client", "wget", "curl", "phantom"),
    *("+http:", "+https:"),
)
_NO_ROBOT = "cubot"  # makes telephones
_IN_ADVANCE = ("prefetch", "prerender", "preview")


def is_reading(environ: WSGIEnvironment) -> bool:
    """Whether a person has opened this page, as far as the request tells.

    A page that a script fetches (`Sec-Fetch-Mode`, w3c.github.io/webappsec-fetch-metadata), as for reading
    on or for offline, is not opened; nor is one that a browser gets in advance (`Sec-Purpose`, and what
    came before it). Browsers that do not say are believed.
    """
    get = environ.get
    if get("HTTP_SEC_FETCH_MODE", "navigate") != "navigate":
        return False
    purpose = get("HTTP_SEC_PURPOSE") or get("HTTP_PURPOSE") or get("HTTP_X_MOZ")
    if purpose and any(word in purpose.lower() for word in _IN_ADVANCE):
        return False
    return _is_browser(get("HTTP_USER_AGENT", "")[:300])


@lru_cache(maxsize=256)  # a few names stand for nearly all readers, and say nothing about one
def _is_browser(agent: str) -> bool:
    if not agent.startswith(_BROWSERS):
        return False
    small = agent.lower().replace(_NO_ROBOT, "")
    return not any(name in small for name in _ROBOTS)
