"""Names of hosts in the form that the network knows (IDNA 2008, RFC 5891): `xn--kln-sna` for `köln`."""

from __future__ import annotations

import idna


def in_ascii(host: str) -> str:
    """`host`, with its port if it has one, in ASCII. Raises `ValueError` for a name that cannot be one."""
    if host.isascii():
        return host
    name, colon, port = host.partition(":")
    return idna.encode(name, uts46=True).decode("ascii") + colon + port
