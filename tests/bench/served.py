"""Serves another WSGI application just as `stet serve` serves Stet; run in a process of its own.

`python -m tests.bench.served MODULE:FUNCTION`, with the settings in the environment as `stet serve` has them.
"""

import os
import sys

from app.core.config import read_settings
from app.core.serve import run_server


def command(factory: str) -> list[str]:
    """The command that serves the application of `factory`."""
    return [sys.executable, "-m", "tests.bench.served", factory]


if __name__ == "__main__":
    run_server(read_settings(os.environ), sys.argv[1])
