"""Turn the text of a setting into its value. Each raises `ValueError` with what the setting needs.

Called by `core/config`, which adds the setting's name to the message.
"""

from __future__ import annotations

import re
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.core.hosts import in_ascii

_WORD = re.compile(r"[!-~]{1,200}")
_SITE_ADDRESS = re.compile(
    r"https?://(?:[\w.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?/?"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_HUB = re.compile(
    r"(?:https://[\w.-]{1,253}|http://(?:localhost|127\.0\.0\.1|\[::1\]))(?::([0-9]{1,5}))?"
    r"(?:/[A-Za-z0-9/._~%&=+?-]*)?",
    re.ASCII,
)
_MAIL_ADDRESS = re.compile(r"[^\s@:/<>]{1,64}@[A-Za-z0-9.-]{1,120}")


class Networks(tuple[IPv4Network | IPv6Network, ...]):
    """Networks of addresses, printed as they were set."""

    def __str__(self) -> str:
        return " ".join(map(str, self))


def text(value: str) -> str:
    if not value.strip() or len(value) > 200 or not value.isprintable():
        raise ValueError("needs some words, 200 characters at most")
    return value.strip()


def port(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) < 65536:
        raise ValueError("needs a number from 1 to 65535")
    return int(value)


def count(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) <= 512:
        raise ValueError("needs a number from 1 to 512")
    return int(value)


def megabytes(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) > 65536:
        raise ValueError("needs a number of megabytes, 0 for none")
    return int(value)


def seconds(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) > 3600:
        raise ValueError("needs a number of seconds, 3600 at most, 0 for none")
    return int(value)


def yes_or_no(value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError("needs yes or no")
    return value == "yes"


def zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("needs a zone name such as Europe/London") from error


def base_url(value: str) -> str:
    found = _SITE_ADDRESS.fullmatch(value)
    if found is None or int(found[1] or 1) not in range(1, 65536):
        raise ValueError("needs a whole address such as https://news.example.org, without a path")
    scheme, _, host = value.rstrip("/").partition("://")
    return f"{scheme}://{in_ascii(host)}"


def contact(value: str) -> str:
    if not value or (value.startswith(("mailto:", "https://", "tel:")) and _WORD.fullmatch(value)):
        return value
    if not _MAIL_ADDRESS.fullmatch(value):
        raise ValueError("needs a mail address, or an address that starts with https://")
    return f"mailto:{value}"


def hub(value: str) -> str:
    found = _HUB.fullmatch(value)
    if value and (found is None or len(value) > 200 or int(found[1] or 1) not in range(1, 65536)):
        raise ValueError("needs the address of a hub, such as https://hub.example.org/")
    return value


def networks(value: str) -> Networks:
    try:
        return Networks(map(ip_network, value.replace(",", " ").split()))
    except ValueError as error:
        raise ValueError("needs addresses or networks, such as 127.0.0.1 10.0.0.0/8") from error


def database_url(value: str) -> URL | None:
    if not value:
        return None  # the one in the instance
    scheme = value.partition(":")[0]
    if scheme in ("postgres", "postgresql"):
        value, scheme = "postgresql+psycopg" + value[len(scheme) :], "postgresql+psycopg"
    if scheme == "postgresql+psycopg" or value.startswith("sqlite:////"):
        with suppress(ArgumentError, ValueError):
            url = make_url(value)
            if scheme != "sqlite" or "?" not in value:
                return url
    raise ValueError(
        "needs a postgresql:// address, or sqlite:/// with the whole path of a file, "
        "in which ? and % are written %3F and %25"
    )


def language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("needs a language tag such as en or pt-BR")
    return value


def folder(value: str) -> Path:
    if "\0" in value:
        raise ValueError("needs the name of a folder")
    try:
        path = Path(value).expanduser().resolve()
        if not path.exists() or path.is_dir():
            return path
        raise NotADirectoryError("this is a file")
    except (OSError, RuntimeError) as error:
        raise ValueError(f"needs the name of a folder ({error})") from error
