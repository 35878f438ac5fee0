"""The file of a SQLite database: its address, which works for a folder of any name, and where it lies.

Called by `core/config`, `core/db`, `stet setup` and `stet check`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from app.core.errors import BadConfiguration

NAME = "stet.db"


def url_in(instance: Path) -> URL:
    """The address of the database in the folder `instance`."""
    return URL.create("sqlite", database=str(instance / NAME))


def file_of(url: URL) -> Path | None:
    """The file that `url` names; None for a database on a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def existing_only(url: URL) -> URL:
    """Forbid SQLite to create a missing file: the site would be served from an empty database.

    SQLite knows no such option for a path, only for a `file:` address (https://www.sqlite.org/uri.html), in
    which `?`, `#` and `%` have a meaning.
    """
    if url.get_backend_name() != "sqlite" or not url.database:
        return url
    address = f"file:{quote(os.fsencode(url.database))}"
    return URL.create("sqlite", database=address, query={"mode": "rw", "uri": "true"})


def refuse_misplaced(path: Path) -> None:
    """Raise `BadConfiguration` where an earlier version of Stet created the database somewhere else.

    It took a `?` or `#` in the path for the end of the path, and the file there holds the stories.
    """
    if path.exists() and path.stat().st_size:
        return
    earlier = Path(_as_read_earlier(str(path)))
    if earlier.name != path.name and earlier.is_file() and earlier.stat().st_size:
        raise BadConfiguration(
            f"An earlier version of Stet put this site's database at {str(earlier)!r}. Stop Stet and move "
            f"it to {str(path)!r}, with its -wal and -shm if they are there."
        )


def _as_read_earlier(path: str) -> str:
    if "?" in path:
        return unquote(path.partition("?")[0])
    return unquote(re.split("[?#]", unquote(path))[0])


def findings(engine: Engine, expected: Path | None) -> Iterator[str]:
    """One sentence if the database that is open is not the file that the settings name."""
    if expected is None:
        return
    with engine.connect() as connection:
        name = "SELECT CAST(file AS BLOB) FROM pragma_database_list"  # which need not be UTF-8
        opened = os.fsdecode(connection.exec_driver_sql(name).scalar_one())
    if not (opened and expected.exists() and expected.samefile(opened)):
        yield f"The database that is open is {opened!r}, not {str(expected)!r}."
