"""Sends one POST to the hub and says whether it worked. `notifier` calls this outside of any transaction.

No other address is ever contacted. The hub's response is not trusted: only its status is read, redirects are
not followed, and it must arrive in time.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import urlencode, urlsplit

TIMEOUT = 10.0  # seconds, for the whole request
# WebSub does not define how a publisher tells its hub (section 3.1). All hubs accept one feed, as `hub.url`
# or as `hub.topic`. These hubs accept several feeds, as their documentation says.
_SEVERAL = {"pubsubhubbub.appspot.com": "hub.url", "superfeedr.com": "hub.url[]"}
_MOST = 100  # feeds


class HubAnswer(Enum):
    """The result of a POST."""

    ACCEPTED = "took it"
    REFUSED = "refused it"
    AWAY = "does not answer"


def most_at_once(hub: str) -> int:
    """How many feeds one POST to `hub` may name."""
    return _MOST if _name_for_several(hub) else 1


def form(hub: str, feeds: Collection[str]) -> bytes:
    """The form data for a POST to `hub` about `feeds`."""
    name = _name_for_several(hub)
    names = (name,) if name else ("hub.url", "hub.topic")
    pairs = [(name, feed) for feed in feeds for name in names]
    return urlencode([("hub.mode", "publish"), *pairs]).encode()


def _name_for_several(hub: str) -> str:
    host = f".{urlsplit(hub).hostname}"
    return next((name for known, name in _SEVERAL.items() if host.endswith(f".{known}")), "")


def notify(hub: str, feeds: Collection[str], agent: str) -> tuple[HubAnswer, str]:
    """Tell `hub` that `feeds` have changed. Returns the result, and details for a log.

    `agent` is the `User-Agent`.
    """
    parts = urlsplit(hub)
    assert parts.hostname is not None
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=TIMEOUT)
    # The timeout of the connection itself starts again with each byte that arrives.
    end = Timer(TIMEOUT, _cut, (connection,))
    end.daemon = True
    end.start()
    target = parts._replace(scheme="", netloc="").geturl() or "/"
    try:
        status = _post(connection, target, form(hub, feeds), agent)
    except (OSError, HTTPException, ValueError) as error:
        return HubAnswer.AWAY, type(error).__name__
    finally:
        end.cancel()
        connection.close()
    return _meaning(status), f"status {status}"


def _post(connection: HTTPConnection, target: str, body: bytes, agent: str) -> int:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": agent,
        "Connection": "close",
    }
    connection.request("POST", target, body, headers)
    return connection.getresponse().status


def _cut(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # it may not be connected yet, or not any more
        connection.sock.shutdown(SHUT_RDWR)


def _meaning(status: int) -> HubAnswer:
    """A hub that refuses this feed may accept another. A hub that fails or redirects accepts none."""
    if 200 <= status < 300:
        return HubAnswer.ACCEPTED
    return HubAnswer.REFUSED if 400 <= status < 500 and status != 429 else HubAnswer.AWAY
