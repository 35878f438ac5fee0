"""`stet serve`: the application on Granian, one worker for each core."""

from __future__ import annotations

import os
import socket
import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from granian.constants import Interfaces
from granian.server import Server

from app.core.cli import Command
from app.core.config import Settings
from app.core.db import db
from app.core.errors import BadConfiguration

# A worker that does not end within this many seconds of being asked is killed, so that a stop is a stop.
_KILL_AFTER = 5
_claims: list[socket.socket] = []  # held for as long as the process lives


@click.command(cls=Command)
@with_appcontext
def serve() -> None:
    """Serve the site until it is stopped (Ctrl-C)."""
    settings = current_app.config["STET"]
    require_free(settings.host, settings.port)
    # Workers are forked from here, and a database connection must not be shared between processes.
    db.session.remove()
    db.engine.dispose()
    click.echo(f"Stet serves {settings.base_url}/ (Ctrl-C stops it).")
    run_server(settings, "app:create_worker")


def run_server(settings: Settings, factory: str) -> None:
    """Run Granian as Stet does, for the WSGI application that `factory` (`module:function`) makes."""
    Server(
        factory,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.workers,
        blocking_threads=settings.threads,
        workers_kill_timeout=_KILL_AFTER,
        respawn_failed_workers=True,
        websockets=False,
        log_access=False,
    ).serve()


def require_free(host: str, port: int) -> None:
    """Raise `BadConfiguration` when something listens there: Granian would share the port without a word."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise BadConfiguration(
                f"{host}:{port} cannot be used: {error.strerror}. Stop what runs there or set STET_PORT."
            ) from error


def keep_to_one_core(workers: int) -> None:
    """Have this worker stay on a core of its own, where there are as many workers as cores (Linux only).

    A worker is two threads that wake each other for every request: the server's and Python's. On one core
    that is a hand-over; across two it takes about half as much time again, measured by `make bench`.
    """
    if sys.platform != "linux":
        return
    cores = sorted(os.sched_getaffinity(0))
    if workers == len(cores) and (core := _free_core(cores)) is not None:
        os.sched_setaffinity(0, {core})


def _free_core(cores: list[int]) -> int | None:
    """The first core that no other worker of this server has claimed; a claim ends with its process."""
    for core in cores:
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            claim.bind(f"\0stet-{os.getppid()}-core-{core}")
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        return core
    return None
