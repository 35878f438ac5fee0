"""`stet serve`: the application on Granian, one worker for each core."""

from __future__ import annotations

import logging
import os
import resource
import socket
import sys
from contextlib import suppress

import click
from flask import current_app
from flask.cli import with_appcontext
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from app.core.cli import Command
from app.core.config import Settings
from app.core.db import db
from app.core.errors import BadConfiguration
from app.core.form_intake import FORMS
from app.core.supervision import SupervisedServer

# Seconds after which a worker that was asked to stop is killed.
_KILL_AFTER = 5
# Bytes of a request's head that are read at a time. A head twice as long is always refused; with Granian's
# default of 408 KiB it depended on how fast it arrived.
_HEAD = 128 * 1024
# Milliseconds in which a head must have arrived, and for which a connection stays open between two requests.
_HEAD_TIMEOUT = 15_000
# Connections of a worker, also those that send nothing; further ones wait until one of these is closed.
_CONNECTIONS = 8192
_BACKLOG = 2048  # connections of a worker that the system holds until they are accepted
_FILES = 512  # descriptors of a worker that are no connections


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
    SupervisedServer(
        factory,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.workers,
        blocking_threads=settings.threads + FORMS,
        http=HTTPModes.http1,  # browsers speak HTTP/2 with the proxy, and Granian sets it no time limits
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_TIMEOUT, max_buffer_size=_HEAD),
        backlog=_BACKLOG,
        backpressure=_most_connections(),
        workers_kill_timeout=_KILL_AFTER,
        websockets=False,
        log_access=False,
    ).serve()


def _most_connections() -> int:
    """How many connections a worker may have: as many as it may open files, once that limit is raised."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(_FILES, wanted - _FILES)


def _is_news(record: logging.LogRecord) -> bool:
    """Granian warns of many threads, but most of them only receive forms (see `core/admission`)."""
    return "Python threads" not in record.getMessage()


def require_free(host: str, port: int) -> None:
    """Raise `BadConfiguration` if another program listens there: Granian would silently share the port."""
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
    """Have a thread of this worker run on after it has woken another one (Linux only).

    In a worker, the server's threads hand each request to Python's threads. Linux lets a woken thread
    interrupt the one that woke it, so that busy threads switch at every request. Under `SCHED_BATCH`
    (sched(7)) the woken thread waits, and many requests are handed over at once. That takes half the
    processor time per request, as `make bench` shows. On an idle core a thread still starts at once. Where a
    container forbids this setting, the worker runs without it.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
