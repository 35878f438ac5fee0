"""The worker processes of a real server: who they are, how many have started, and what it is to kill one.

Called by the tests of supervision, and by `make soak` for hours' worth of kills.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time

from tests.support.server import LiveServer


def workers_of(server: LiveServer) -> list[int]:
    """The process ids of the workers that run."""
    listed = subprocess.run(
        ["ps", "--ppid", str(server.process.pid), "-o", "pid=,stat="],
        capture_output=True,
        text=True,
        check=False,
    )
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, state in pairs if not state.startswith("Z")]


def started(server: LiveServer) -> int:
    """How many workers have begun to accept connections since the server's start."""
    return server.log.read_text("utf-8").count("Started worker-")


def kill(server: LiveServer, pid: int, patience: float) -> float:
    """Kill a worker; the seconds until another one accepts connections. Fails after `patience` seconds."""
    before, begun = started(server), time.monotonic()
    os.kill(pid, signal.SIGKILL)
    while started(server) == before:
        assert server.process.poll() is None, server.log.read_text("utf-8")[-2000:]
        assert time.monotonic() - begun < patience
        time.sleep(0.01)
    return time.monotonic() - begun
