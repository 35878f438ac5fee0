"""Settings: `STET_…` variables, read once by `create_app`. A value that makes no sense prevents the start."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import URL

from app.core import database_file, setting_values
from app.core.errors import BadConfiguration
from app.core.s3_address import S3Address, s3_address
from app.core.setting_values import Networks

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """Everything that an admin can set; each field is the variable `STET_` + its name in capitals."""

    instance: Path
    database_url: URL
    host: str
    port: int
    workers: int
    threads: int
    page_cache_mb: int
    media_store: S3Address | None
    media_cache_mb: int
    cdn_seconds: int
    count_readings: bool
    base_url: str
    site_name: str
    timezone: ZoneInfo
    language: str
    security_contact: str
    websub_hub: str
    trusted_proxies: Networks

    @property
    def database_file(self) -> Path | None:
        """The file of the database; None on PostgreSQL."""
        return database_file.file_of(self.database_url)


_PARSERS: dict[str, Callable[[str], object]] = {
    "instance": setting_values.folder,
    "database_url": setting_values.database_url,
    "host": setting_values.text,
    "port": setting_values.port,
    "workers": setting_values.count,
    "threads": setting_values.count,
    "page_cache_mb": setting_values.megabytes,
    "media_store": s3_address,
    "media_cache_mb": setting_values.megabytes,
    "cdn_seconds": setting_values.seconds,
    "count_readings": setting_values.yes_or_no,
    "base_url": setting_values.base_url,
    "site_name": setting_values.text,
    "timezone": setting_values.zone,
    "language": setting_values.language,
    "security_contact": setting_values.contact,
    "websub_hub": setting_values.hub,
    "trusted_proxies": setting_values.networks,
}


# Values that may hold a password: no message repeats them.
_SECRET = {"database_url", "media_store"}


def _defaults(given: Mapping[str, str]) -> dict[str, str]:
    host, port = given.get("STET_HOST") or "127.0.0.1", given.get("STET_PORT") or "8000"
    return {
        "instance": str(PROJECT / "instance"),
        "database_url": "",
        "host": "127.0.0.1",
        "port": "8000",
        "workers": str(os.cpu_count() or 1),
        "threads": "4",
        "page_cache_mb": "64",
        "media_store": "",
        "media_cache_mb": "1024",
        "cdn_seconds": "2",
        "count_readings": "yes",
        "base_url": f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}",
        "site_name": "Stet",
        "timezone": "UTC",
        "language": "en",
        "security_contact": "",
        "websub_hub": "",
        "trusted_proxies": "",
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
    values: dict[str, Any] = {}
    for field, default in _defaults(given).items():
        name = f"STET_{field.upper()}"
        raw = given.get(name) or default
        try:
            values[field] = _PARSERS[field](raw)
        except ValueError as error:
            shown = "not shown, since it may hold a password" if field in _SECRET else repr(raw)
            raise BadConfiguration(f"{name} is {shown}: it {error}.") from None
    values["database_url"] = values["database_url"] or database_file.url_in(values["instance"])
    return Settings(**values)


# Variables of the tooling and of `core.secrets` that share the prefix.
_NOT_SETTINGS = {"STET_BROWSER", "STET_SECRET_KEY", "STET_PASSWORD_SALT"}
