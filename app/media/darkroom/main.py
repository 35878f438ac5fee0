"""What the separate process does: `media/darkroom` says how it is called."""

from __future__ import annotations

import json
import sys

from .limits import TOO_LARGE, confine


def main() -> None:
    """Do what the arguments say. Exits with `TOO_LARGE` when the memory does not suffice."""
    work, path, *more = sys.argv[1:]
    confine(work)
    try:
        if work == "look":
            from .looking import look  # noqa: PLC0415  # loads Pillow, which must be confined

            print(json.dumps(look(path)))
        else:
            from .developing import develop  # noqa: PLC0415

            develop(path, more[0], json.loads(more[1]))
    except MemoryError:
        sys.exit(TOO_LARGE)
