"""Settings: `STET_…` variables with typed defaults, read once by `create_app`; nonsense stops the start."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.core.errors import BadConfiguration

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
PROJECT = Path(__file__).resolve().parents[2]


def _text(value: str) -> str:
    if not value.strip() or len(value) > 200 or not value.isprintable():
        raise ValueError("needs some words, 200 characters at most")
    return value.strip()


def _port(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) < 65536:
        raise ValueError("needs a number from 1 to 65535")
    return int(value)


def _count(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) <= 512:
        raise ValueError("needs a number from 1 to 512")
    return int(value)


def _megabytes(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) > 65536:
        raise ValueError("needs a number of megabytes, 0 for none")
    return int(value)


def _seconds(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) > 3600:
        raise ValueError("needs a number of seconds, 3600 at most, 0 for none")
    return int(value)


def _yes_or_no(value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError("needs yes or no")
    return value == "yes"


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("needs a zone name such as Europe/London") from error


def _base_url(value: str) -> str:
    found = _SITE_ADDRESS.fullmatch(value)
    if found is None or int(found[1] or 1) not in range(1, 65536):
        raise ValueError("needs a whole address such as https://news.example.org, without a path")
    return value.rstrip("/")


def _contact(value: str) -> str:
    if not value or (value.startswith(("mailto:", "https://", "tel:")) and _WORD.fullmatch(value)):
        return value
    if not _MAIL_ADDRESS.fullmatch(value):
        raise ValueError("needs a mail address, or an address that starts with https://")
    return f"mailto:{value}"


def _hub(value: str) -> str:
    found = _HUB.fullmatch(value)
    if value and (found is None or len(value) > 200 or int(found[1] or 1) not in range(1, 65536)):
        raise ValueError("needs the address of a hub, such as https://hub.example.org/")
    return value


def _database_url(value: str) -> str:
    scheme = value.partition(":")[0]
    if scheme in ("postgres", "postgresql"):
        value, scheme = "postgresql+psycopg" + value[len(scheme) :], "postgresql+psycopg"
    if (scheme == "postgresql+psycopg" and _is_address(value)) or re.match(
        "sqlite:///(/|[A-Za-z]:)", value
    ):
        return value
    raise ValueError("needs a postgresql:// address, or sqlite:/// with the whole path of a file")


def _is_address(value: str) -> bool:
    try:
        make_url(value)
    except (ArgumentError, ValueError):
        return False
    return True


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("needs a language tag such as en or pt-BR")
    return value


def _folder(value: str) -> Path:
    if not value.isprintable():
        raise ValueError("needs the name of a folder")
    return Path(value).expanduser().resolve()


@dataclass(frozen=True)
class Settings:
    """Everything that an admin can set; each field is the variable `STET_` + its name in capitals."""

    instance: Path
    database_url: str
    host: str
    port: int
    workers: int
    threads: int
    page_cache_mb: int
    cdn_seconds: int
    count_readings: bool
    base_url: str
    site_name: str
    timezone: ZoneInfo
    language: str
    security_contact: str
    websub_hub: str


_READERS: dict[str, Callable[[str], object]] = {
    "instance": _folder,
    "database_url": _database_url,
    "host": _text,
    "port": _port,
    "workers": _count,
    "threads": _count,
    "page_cache_mb": _megabytes,
    "cdn_seconds": _seconds,
    "count_readings": _yes_or_no,
    "base_url": _base_url,
    "site_name": _text,
    "timezone": _zone,
    "language": _language,
    "security_contact": _contact,
    "websub_hub": _hub,
}


def _defaults(given: Mapping[str, str]) -> dict[str, str]:
    named = given.get("STET_INSTANCE") or str(PROJECT / "instance")
    instance = Path(named).expanduser().absolute()
    host, port = given.get("STET_HOST") or "127.0.0.1", given.get("STET_PORT") or "8000"
    return {
        "instance": str(instance),
        "database_url": f"sqlite:///{instance / 'stet.db'}",
        "host": "127.0.0.1",
        "port": "8000",
        "workers": str(os.cpu_count() or 1),
        "threads": "4",
        "page_cache_mb": "64",
        "cdn_seconds": "2",
        "count_readings": "yes",
        "base_url": f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}",
        "site_name": "Stet",
        "timezone": "UTC",
        "language": "en",
        "security_contact": "",
        "websub_hub": "",
    }


def read_settings(given: Mapping[str, str]) -> Settings:
    """The settings in `given` (names with `STET_`), defaults for the rest.

    Raises `BadConfiguration` with one line naming the variable, for a value that makes no sense and for
    a `STET_…` name that is not a setting (a typing mistake would otherwise be silent).
    """
    known = {f"STET_{field.name.upper()}" for field in fields(Settings)} | _NOT_SETTINGS
    for name in given:
        if name.startswith("STET_") and name not in known:
            raise BadConfiguration(f"{name} is not a setting of Stet. `stet settings` lists them.")
    values: dict[str, object] = {}
    for field, default in _defaults(given).items():
        name = f"STET_{field.upper()}"
        raw = given.get(name) or default
        try:
            values[field] = _READERS[field](raw)
        except ValueError as error:
            raise BadConfiguration(f"{name} is {raw!r}: it {error}.") from error
    return Settings(**values)  # type: ignore[arg-type]  # each reader gives its field's type


# Variables of the tooling and of `core.secrets` that share the prefix.
_NOT_SETTINGS = {"STET_BROWSER", "STET_SECRET_KEY", "STET_PASSWORD_SALT"}
