"""The files of pictures in an S3-compatible store, for sites on several machines.

They are named as on disk, in `media/` and `media-aside/`. Whoever calls this may hold a transaction open, so
each request ends within seconds. Keys come from the environment as for other programs
(`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, or a role of the machine): Stet neither keeps nor prints them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.core.s3_address import S3Address
from app.media.sent_copies import SentCopies
from app.media.store import MediaAway, StoredFile

if TYPE_CHECKING:
    from obstore.store import S3Config

_LOG = logging.getLogger(__name__)
_CONNECT = timedelta(seconds=2)
_SHORT = timedelta(seconds=4)  # for questions, which may be asked in a transaction
_LONG = timedelta(seconds=30)  # for the bytes of one file
_REST = 10  # seconds in which no reader waits for a store that has just not answered


class S3MediaStore:
    """A `MediaStore` at an address, with copies on this machine of what was sent to browsers."""

    def __init__(self, address: S3Address, copies: SentCopies) -> None:
        self._address, self._copies = address, copies
        self._away_until = 0.0

    @cached_property
    def _questions(self) -> S3Store:
        return _client(self._address, _SHORT)

    @cached_property
    def _bytes(self) -> S3Store:
        return _client(self._address, _LONG)

    def put_all(self, files: Mapping[str, bytes]) -> None:
        with self._answering():
            for name, data in files.items():
                try:
                    obstore.put(self._bytes, _kept(name), data, use_multipart=False)
                except FileNotFoundError as error:  # there is no such bucket
                    raise BaseError(str(error)) from error

    def read(self, name: str) -> bytes | None:
        found = self._get(_kept(name))
        return found[0] if found else None

    def changed_at(self, name: str) -> datetime | None:
        with self._answering():
            try:
                found = obstore.head(self._questions, _kept(name))
            except FileNotFoundError:
                return None
        changed_at: datetime = found["last_modified"]
        return changed_at

    def copy_for_sending(self, name: str) -> Path | bytes | None:
        if (copy := self._copies.held(name)) is not None:
            return copy
        if monotonic() < self._away_until:
            raise MediaAway
        found = self._get(_kept(name))
        return found and (self._copies.keep(name, *found) or found[0])

    def files(self) -> Iterator[StoredFile]:
        with self._answering():
            for page in obstore.list(self._bytes, prefix=_kept("")):
                for each in page:
                    yield StoredFile(each["path"].rpartition("/")[2], each["last_modified"])

    def remove(self, names: Iterable[str]) -> None:
        gone = list(names)
        with self._answering():
            obstore.delete(self._questions, [_kept(name) for name in gone])
        self._copies.forget(gone)

    def set_aside(self, name: str) -> str:
        with self._answering():
            obstore.rename(self._questions, _kept(name), _aside(name))
        self._copies.forget([name])
        return f"{self._address.place}/{_aside(name)}"

    def read_aside(self, name: str) -> bytes | None:
        found = self._get(_aside(name))
        return found[0] if found else None

    def put_back(self, name: str) -> None:
        with self._answering():
            obstore.rename(self._questions, _aside(name), _kept(name))

    def _get(self, path: str) -> tuple[bytes, datetime] | None:
        with self._answering():
            try:
                found = obstore.get(self._bytes, path)
                return bytes(found.bytes()), found.meta["last_modified"]
            except FileNotFoundError:
                return None

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Raise `MediaAway` in place of the errors of a store that cannot be reached or refuses."""
        try:
            yield
        except BaseError as error:
            self._away_until = monotonic() + _REST
            _LOG.warning("The store of pictures: %.300s", str(error).partition("\n")[0])
            raise MediaAway from None


def at(address: S3Address, copies: Path, limit: int) -> S3MediaStore:
    """The store at this address, with at most `limit` bytes of copies in the folder `copies`."""
    return S3MediaStore(address, SentCopies(copies, limit))


def _client(address: S3Address, limit: timedelta) -> S3Store:
    config: S3Config = {"region": address.region}
    if address.endpoint:
        config["endpoint"] = address.endpoint
    return S3Store(
        address.bucket,
        prefix=address.prefix or None,
        config=config,
        client_options={
            "connect_timeout": _CONNECT,
            "timeout": limit,
            "allow_http": address.endpoint.startswith("http://"),
        },
        retry_config={"max_retries": 1, "retry_timeout": limit},
    )


def _kept(name: str) -> str:
    return f"media/{name}"


def _aside(name: str) -> str:
    return f"media-aside/{name}"
