"""Workers of Stet for tests: one that waits three seconds for a form, and one that cannot start."""

import time

from flask import Flask

import app

PATIENCE = 3.0  # seconds
SLOW = "/slow"


def create() -> Flask:
    """The worker of `stet serve` with less patience, and with a page that takes twice as long."""
    worker = app.create_worker()
    worker.extensions["arrivals"].patience = PATIENCE

    @worker.get(SLOW)
    def slow() -> str:
        time.sleep(PATIENCE * 2)
        return "slow"

    return worker


def broken() -> Flask:
    """A worker that cannot start."""
    raise RuntimeError("This worker cannot start.")
