"""`stet serve` as the operating system sees it: how its worker threads are scheduled."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.support.server import LiveServer, run_stet, running_server

WORKERS = 2
FEWEST_THREADS = 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells threads how to take turns")
def test_workers_threads_do_not_push_each_other_aside(tmp_path: Path) -> None:
    run_stet("setup", instance=tmp_path, settings={})
    with running_server(tmp_path, {"STET_WORKERS": str(WORKERS)}) as server:
        policies = [os.sched_getscheduler(thread) for thread in threads_of_workers(server)]
    assert set(policies) == {os.SCHED_BATCH}


def threads_of_workers(server: LiveServer) -> list[int]:
    """The threads of every worker, once each has some of the server's and some of Python's."""
    listed = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    deadline = time.monotonic() + 20
    while True:
        threads = [
            [int(thread.name) for thread in Path(f"/proc/{worker}/task").iterdir()]
            for worker in listed.read_text().split()
        ]
        if len(threads) == WORKERS and all(len(each) > FEWEST_THREADS for each in threads):
            return [thread for each in threads for thread in each]
        assert time.monotonic() < deadline
        time.sleep(0.05)
