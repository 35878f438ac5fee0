"""Whose request it is, also behind proxies: nobody can choose another address."""

from __future__ import annotations

import pytest

from app.core.peers import peer_of
from app.core.setting_values import networks

PROXIES = networks("127.0.0.1 10.0.0.0/8 fd00::/8")


@pytest.mark.parametrize(
    ("connected", "named", "peer"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.9", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "1.1.1.1,198.51.100.9, 10.1.2.3", "198.51.100.9"),
        ("10.2.3.4", "10.5.6.7", "10.5.6.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.9, nonsense", "127.0.0.1"),
        ("127.0.0.1", ",".join(["1.1.1.1"] * 9000), "1.1.1.1"),
        ("::ffff:127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("fd00::1", "2001:db8:1:2::99", "2001:db8:1:2::/64"),
        ("", "198.51.100.9", ""),
        ("nonsense", "198.51.100.9", ""),
    ],
)
def test_only_trusted_proxies_name_somebody_else(connected: str, named: str, peer: str) -> None:
    environ = {"REMOTE_ADDR": connected, "HTTP_X_FORWARDED_FOR": named}
    assert peer_of(environ, PROXIES) == peer


def test_without_trusted_proxies_nobody_is_believed() -> None:
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}
    assert peer_of(environ, networks("")) == "127.0.0.1"
