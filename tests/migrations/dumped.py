"""A site as Stet made it when the schema was at 0012, to be loaded into either database.

`tests/data/site-0012` holds the two databases, the pictures and what readers were answered (`pages.json`).
Editors' actions and the shipped seeds filled it: stories in every state, with reviews, corrections,
translations, former addresses, readings and waiting pings. It is never made again: it stands for the sites
that are out there.
"""

import gzip
import json
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.support.server import ROOT

DATABASE = "stet_dumped"
DUMP = ROOT / "tests" / "data" / "site-0012"
# What the site ran with; people's passwords are hashed with this salt.
SETTINGS = {
    "STET_BASE_URL": "https://news.example.com",
    "STET_WEBSUB_HUB": "https://hub.example.com/",
    "STET_SECRET_KEY": "kept-with-the-dump-of-a-site-at-0012-Zq8",
    "STET_PASSWORD_SALT": "kept-with-the-dump-of-a-site-at-0012-Xw5",
}
PASSWORDS = {
    "amina@news.example.com": "the river rose by a hand",
    "brian@news.example.com": "пароль из многих букв",
}


def load_sqlite(instance: Path) -> str:
    """Write the dumped database into `instance`; its address."""
    path = instance / "stet.db"
    path.write_bytes(gzip.decompress((DUMP / "sqlite.db.gz").read_bytes()))
    return f"sqlite:///{path}"


def load_postgres(url: str) -> None:
    """Fill the empty database at `url` with the dumped one."""
    script = gzip.decompress((DUMP / "postgres.sql.gz").read_bytes())
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(script)


def load_pictures(instance: Path) -> None:
    """Put the files of the pictures where the site keeps them, without their renditions."""
    shutil.copytree(DUMP / "media", instance / "media")


@dataclass(frozen=True)
class Answers:
    """What readers were answered at the moment `at`.

    `pages` has for each path a `status`, where it led (`to`) and the words that the page shows (`says`);
    `feeds` has for each JSON feed its items in order.
    """

    at: datetime
    pages: Mapping[str, Mapping[str, Any]]
    feeds: Mapping[str, list[list[Any]]]


def recorded_answers() -> Answers:
    """The answers that were recorded when the site was dumped."""
    held = json.loads((DUMP / "pages.json").read_text("utf-8"))
    return Answers(datetime.fromisoformat(held["at"]), held["pages"], held["feeds"])
