"""What the process that opens pictures may use."""

from __future__ import annotations

import resource
import signal

MOST_PIXELS = 60_000_000
TOO_LARGE = 3  # exit code: the picture needs more memory than it may have
THREADS = 2  # of a decoder; each reserves memory

_MEMORY = 768 * 1024 * 1024
_CPU_SECONDS = {"look": 5, "develop": 10}
_LARGEST_FILE = 32 * 1024 * 1024


def confine(work: str) -> None:
    """Limit what this process may use for `look` or `develop`. Call it before Pillow is loaded."""
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS[work]),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing too much is then an ordinary error
