"""A disk that takes nothing more, because it is full or read-only: who saves is told, and the log says so.

Readers are still served what was made before. Called by `core/db` and `core/web` for an error, and by
`core/disk_watch`, which looks by itself.
"""

from __future__ import annotations

import errno
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import exc

_PROBE = bytes(65536)
_FULL, _READ_ONLY = "full", "read-only"
_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), _READ_ONLY),
}
# What SQLite says, and the states in which PostgreSQL refuses (its manual, appendix A).
_SAID = (("database or disk is full", _FULL), ("readonly database", _READ_ONLY))
_STATES = {"53100": _FULL, "25006": _READ_ONLY}


def fault_of(error: BaseException, instance: Path | None = None) -> str:
    """`full` or `read-only` if the disk is the reason for `error`, else an empty text.

    SQLite says less when it cannot make its own files; then a small file is written to `instance`.
    """
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0, "")
    cause = getattr(error, "orig", None)
    said = next((fault for words, fault in _SAID if words in str(cause)), "")
    found = said or _STATES.get(getattr(cause, "sqlstate", None) or "", "")
    is_unclear = isinstance(error, exc.OperationalError) and instance is not None
    return found or (fault_at(instance) if is_unclear and instance else "")


def fault_at(folder: Path) -> str:
    """The same for a folder, found by writing a file that disappears."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(_PROBE)
            file.flush()
    except OSError as error:
        return _ERRNO.get(error.errno or 0, "")
    return ""


def sentence(fault: str) -> str:
    """What a person is told who wants to save."""
    return (
        f"The disk of the site is {fault}, so nothing can be saved until somebody mends that."
        " Readers are served as before."
    )
