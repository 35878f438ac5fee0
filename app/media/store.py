"""What a store of the files of pictures can do.

`media/file_store` is one on this machine, `media/s3_store` one elsewhere; `media/storage` chooses. A store
knows names and bytes, and nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from app.core.errors import Unavailable


class MediaAway(Unavailable):
    """The store of pictures does not answer now; the same request may succeed later."""

    def __init__(self) -> None:
        super().__init__("The store of pictures does not answer at the moment.", retry_after=10)


class StoredFile(NamedTuple):
    """A file in the store, and when it was written or wanted again."""

    name: str
    changed_at: datetime


class MediaStore(Protocol):
    """Keeps files under their names. Each method raises `MediaAway` when the store cannot be reached."""

    def put_all(self, files: Mapping[str, bytes]) -> None:
        """Keep each file under its name, whole or not at all, safely when this returns.

        The bytes for a name never change, so a file that is there already may stay as it is.
        """

    def read(self, name: str) -> bytes | None:
        """The bytes of a file as the store has them now. None if there is no such file."""

    def changed_at(self, name: str) -> datetime | None:
        """When the file was written or wanted again. None if there is no such file."""

    def copy_for_sending(self, name: str) -> Path | bytes | None:
        """A file on this machine to be sent to a browser, or its bytes. None if there is no such file.

        It may be an earlier copy, so this may succeed while the store is away.
        """

    def files(self) -> Iterator[StoredFile]:
        """All files, in any order."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove the files with these names. Those that do not exist are passed over."""

    def set_aside(self, name: str) -> str:
        """Move a file to where nobody is served from. Returns its new place, for an admin."""

    def read_aside(self, name: str) -> bytes | None:
        """The bytes of a file that was set aside. None if there is none with this name."""

    def put_back(self, name: str) -> None:
        """Move a file back that was set aside."""
