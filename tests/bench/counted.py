"""Stet with a log of which worker made which page. Served by `tests.bench.served`."""

import os
from pathlib import Path

from flask import Flask, request, request_started

from app import create_worker

NAME = "made.txt"


def create() -> Flask:
    """A worker's application; each page it makes is a line `process path` in the instance folder."""
    app = create_worker()
    file = os.open(
        Path(app.config["STET"].instance, NAME), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
    )

    def note(_app: Flask, **_: object) -> None:
        os.write(file, f"{os.getpid()} {request.path}\n".encode())

    request_started.connect(note, app, weak=False)
    return app


def made(instance: Path) -> list[str]:
    """The log so far."""
    return (instance / NAME).read_text("utf-8").splitlines()
