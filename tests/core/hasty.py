"""Stet for a worker that waits three seconds for a form instead of a minute. A test has it served."""

from flask import Flask

import app
from app.core.stalled import end_stalled_connections

PATIENCE = 3.0  # seconds


def create() -> Flask:
    """The worker of `stet serve`, and one more thread that looks after its connections."""
    worker = app.create_worker()
    end_stalled_connections(worker.config["STET"].port, PATIENCE)
    return worker


def broken() -> Flask:
    """A worker that cannot start."""
    raise RuntimeError("This worker cannot start.")
