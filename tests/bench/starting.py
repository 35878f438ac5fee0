"""How long a second `make run` takes until the site answers; `make bench` has installed the packages."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.harness import Figure
from tests.support.server import ROOT, clean_environment, free_port

GIVE_UP = 60  # seconds


def figures() -> Iterator[Figure]:
    """Seconds from the command to the first page, of a new site and of the same site later."""
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as name:
        instance = Path(name, "instance")
        first = seconds_to_first_page(instance)
        again = min(seconds_to_first_page(instance) for _ in range(3))
    yield Figure("make run, a new site", first, "s")
    yield Figure("make run, second start", again, "s", 3, "at most")


def seconds_to_first_page(instance: Path) -> float:
    """Start the site as an admin does, open it, stop it."""
    port = free_port()
    environment = clean_environment(instance, {"STET_PORT": str(port)})
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # a second start finds what the first has compiled
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", started + GIVE_UP)
        return time.perf_counter() - started
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for(url: str, deadline: float) -> None:
    """Ask until there is an answer; raises `TimeoutError`."""
    while time.perf_counter() < deadline:
        try:
            urlopen(url, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"{url} did not answer within {GIVE_UP} s")
