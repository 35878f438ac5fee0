"""The instance: the folder with the database, secrets, pictures and pages of one site, closed to others.

The system's other users can read neither drafts nor secrets: files are 0600 and folders 0700.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.core import database_file
from app.core.secrets import FILE_NAME as SECRETS

_DATABASE = tuple(f"{database_file.NAME}{ending}" for ending in ("", "-wal", "-shm", "-journal"))
# What Stet makes. An admin may keep other files in the same folder, which are left alone. The secrets are not
# among them: once others could read them they have to be replaced, so that the start is refused.
_OURS = (*_DATABASE, "edition.signal", "media", "media-cache", "pages")


def keep_private() -> None:
    """Have all files and folders that this process makes from now on closed to other users.

    The `stet` command and the server's workers call this. `create_app` does not: it may not be alone in its
    process.
    """
    os.umask(0o077)


def make(instance: Path) -> None:
    """Make the folder if it is missing, and close what is there already to other users."""
    instance.mkdir(parents=True, exist_ok=True)
    for path in _open_to_others(instance):
        with suppress(PermissionError):  # another user's; `stet check` goes on naming it
            path.chmod(0o700 if path.is_dir() else 0o600)


def findings(instance: Path) -> Iterator[str]:
    """One sentence if other users can read anything of the instance."""
    if count := sum(1 for _ in _open_to_others(instance)):
        yield (
            f"{count} files or folders of the instance can be read by others on this machine,"
            " for example with a backup of theirs; `stet setup` closes them."
        )


def _open_to_others(instance: Path) -> Iterator[Path]:
    for path in _made_by_stet(instance):
        with suppress(FileNotFoundError):  # replaced or deleted in this moment
            if stat.S_IMODE(path.lstat().st_mode) & 0o077 and not path.is_symlink():
                yield path


def _made_by_stet(instance: Path) -> Iterator[Path]:
    if all(each.name in (*_OURS, SECRETS) for each in instance.iterdir()):
        yield instance
    for path in (instance / name for name in _OURS):
        if path.exists():
            yield path
        if path.is_dir() and not path.is_symlink():
            yield from path.rglob("*")
