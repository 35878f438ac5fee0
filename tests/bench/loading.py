"""How fast `stet seed --demo` loads stories into SQLite."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.transfer.demo import load_demo
from tests.bench.harness import Figure
from tests.bench.sites import settings
from tests.support.databases import running_app
from tests.support.server import run_stet

STORIES = 10_000


def figures() -> Iterator[Figure]:
    """Articles a second, each with its draft, two or three versions, byline and topics."""
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as name:
        instance = Path(name, "instance")
        run_stet("setup", instance=instance, settings={})
        with running_app(settings(instance)) as app, app.app_context():
            started = time.perf_counter()
            load_demo(STORIES)
            taken = time.perf_counter() - started
    yield Figure("Demo articles loaded", STORIES / taken, "articles/s", 1000)
