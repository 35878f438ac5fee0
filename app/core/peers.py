"""Whose request it is, for limits on what one sender may have: never for what somebody is allowed to do.

Behind a proxy, every connection comes from the proxy. Its `X-Forwarded-For` is believed only when the proxy
is in `STET_TRUSTED_PROXIES`: anybody else could name another address in each request.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from wsgiref.types import WSGIEnvironment

Network = IPv4Network | IPv6Network
# Proxies that are passed over, one after the other, at most.
_MOST_PROXIES = 10
# A subscriber has a whole network of this size (RFC 6177), so its addresses count as one sender.
_IPV6_PREFIX = 64


def peer_of(environ: WSGIEnvironment, proxies: Sequence[Network]) -> str:
    """The address from which the request comes, of IPv6 its /64; empty when the server does not know it."""
    found = _address(environ.get("REMOTE_ADDR", ""))
    named = environ.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", _MOST_PROXIES)
    while found is not None and named and any(found in each for each in proxies):
        following = _address(named.pop())
        if following is None:
            break
        found = following
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _IPV6_PREFIX), strict=False))
    return str(found or "")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        found = ip_address(text.strip())
        return getattr(found, "ipv4_mapped", None) or found
    return None
