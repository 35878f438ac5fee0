"""`stet serve`: the application on Granian, one worker for each core."""

from __future__ import annotations

import logging
import os
import socket
import sys
from contextlib import suppress

import click
from flask import current_app
from flask.cli import with_appcontext
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from app.core.admission import FORMS
from app.core.cli import Command
from app.core.config import Settings
from app.core.db import db
from app.core.errors import BadConfiguration

# A worker that does not end within this many seconds of being asked is killed, so that a stop is a stop.
_KILL_AFTER = 5
# Bytes that are read of a request's head at a time. One twice as long is refused for sure; with Granian's
# own 408 KiB it depended on how fast half a megabyte came.
_HEAD = 128 * 1024


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
    logging.getLogger("_granian").addFilter(_is_news)
    Server(
        factory,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.workers,
        blocking_threads=settings.threads + FORMS,
        http1_settings=HTTP1Settings(max_buffer_size=_HEAD),
        workers_kill_timeout=_KILL_AFTER,
        respawn_failed_workers=True,
        websockets=False,
        log_access=False,
    ).serve()


def _is_news(record: logging.LogRecord) -> bool:
    """That threads are many is meant so: most of them wait for forms (core/admission)."""
    return "Python threads" not in record.getMessage()


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


def work_in_batches() -> None:
    """Have this worker's threads finish what they are at before they wake each other (Linux only).

    A worker is threads that hand every request to each other: the server's and Python's. Linux lets a thread
    that is woken push aside the one that woke it, so that busy threads take turns at every request. Under
    `SCHED_BATCH` (sched(7)) it waits its turn, and a core hands over many requests at once: half the
    processor time for each, measured by `make bench`. An idle core takes a woken thread at once as ever.
    Where a container forbids it, the worker does without.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
