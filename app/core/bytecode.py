"""Keeps the compiled code on the disk, so that the next start takes half the time. Called by `stet setup`.

Python does this by itself, unless `PYTHONDONTWRITEBYTECODE` is set, as in many containers. Every start, also
the one after a crash, would then compile the whole application again.
"""

from __future__ import annotations

import compileall
import sys
from pathlib import Path


def compile_for_the_next_start(folder: Path) -> None:
    """Compile what is new below `folder`; what cannot be written is left out."""
    if sys.dont_write_bytecode:
        compileall.compile_dir(folder, quiet=2)
