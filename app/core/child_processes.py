"""What a process that Stet forks needs to know of its parent."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # of linux/prctl.h


def end_with_the_parent() -> None:
    """Have this process end when its parent does, even if that is killed (prctl(2), Linux only).

    Workers alone would go on with no one to replace them, and would keep the port from the next server.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        parent = multiprocessing.parent_process()
        if parent and os.getppid() != parent.pid:  # it was killed a moment ago
            os.kill(os.getpid(), signal.SIGTERM)
