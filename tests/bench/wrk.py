"""The load generator: wrk, which takes 10 µs of a core for a request, where Python would take more than Stet.

It is no Python package: `apt-get install wrk`, `brew install wrk`.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TURNS = """
local paths = {%s}
local turn = 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn])
end
"""
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """The result of a run of wrk."""

    rate: float  # requests a second
    p99_ms: float


def load(url: str, connections: int, seconds: int, paths: Sequence[str] = ()) -> Load:
    """Ask for `url`, or for `paths` below it in turn, as fast as it is answered, over open connections.

    Raises `RuntimeError` when wrk is missing, and when an answer was no success.
    """
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout=30s", "--latency"]
    command += ["-H", "Accept-Encoding: br"]
    if shutil.which("wrk") is None:
        raise RuntimeError("The load generator is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="stet-wrk-") as folder:
        if paths:
            script = Path(folder, "turns.lua")
            script.write_text(_TURNS % ", ".join(f'"{path}"' for path in paths), "utf-8")
            command += ["-s", str(script)]
        done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(f"Not every request was answered well:\n{done.stdout}")
    return _read(done.stdout)


def version() -> str:
    """`wrk 4.1.0`."""
    said = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+\.\d+\.\d+)", said)
    return f"wrk {found[1]}" if found else "wrk"


def _read(printed: str) -> Load:
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", printed)
    assert rate is not None
    assert late is not None
    return Load(float(rate[1]), float(late[1]) * _UNITS[late[2]])
