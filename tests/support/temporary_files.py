"""Where the tests keep their databases and files: in memory, where Linux offers enough of it.

Each test commits to a database of its own, and a disk takes its time for each commit. Called once, at the
beginning of tests/conftest.py.
"""

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # tmpfs(5)
NEEDED = 4 * 1024**3  # bytes; containers often have 64 MB there


def keep_in_memory() -> None:
    """Have this process and those that it starts make temporary files in memory, if there is room for them.

    A folder that the caller has chosen with `TMPDIR` stays.
    """
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def _has_room() -> bool:
    return os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > NEEDED
