"""`stet serve` as the machine sees it: which core each worker keeps to."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.support.server import LiveServer, run_stet, running_server


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells processes where to run")
def test_as_many_workers_as_cores_have_one_each(tmp_path: Path) -> None:
    cores = os.sched_getaffinity(0)
    run_stet("setup", instance=tmp_path, settings={})
    with running_server(tmp_path, {"STET_WORKERS": str(len(cores))}) as server:
        kept = settled(server, len(cores))
    assert sorted(kept) == sorted({core} for core in cores)
    with running_server(tmp_path, {"STET_WORKERS": str(len(cores) + 1)}) as server:
        kept = settled(server, len(cores) + 1)
    assert kept == [cores] * (len(cores) + 1)


def settled(server: LiveServer, workers: int) -> list[set[int]]:
    """The cores on which each worker may run, once all of them have started."""
    listed = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    deadline = time.monotonic() + 20
    while server.log.read_text("utf-8").count("Started worker") < workers:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return [os.sched_getaffinity(int(each)) for each in listed.read_text().split()]
