"""An answer as bytes: headers, and a body plain and compressed; and a page, which is one that is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.core.pagecache.encodings import COMPRESSORS

Headers = list[tuple[str, str]]

# We answer for these ourselves, and the server for the date: that of a kept page would be an old one.
_OURS = {"accept-ranges", "content-length", "content-encoding", "etag", "vary", "date"}
_OF_THE_BODY = {"content-length", "content-type", "content-encoding"}


class Ready(NamedTuple):
    """An answer in one encoding, as WSGI wants it."""

    headers: Headers
    chunks: list[bytes]
    headers_of_nothing: Headers  # for 304


class Moment(NamedTuple):
    """When an edition was the current one: its number, and seconds since 1970."""

    edition: int
    since: float

    def reaches(self, other: Moment) -> bool:
        """Whether what was made at this moment is right at the other one.

        By the edition alone it could not be told: a database brought back from a copy counts them anew.
        """
        return self.edition == other.edition or self.since >= other.since


class Answer:
    """What was answered at one address; compressed when first asked for so."""

    __slots__ = ("_ready", "body", "can_be_held", "headers", "status", "tag")

    def __init__(self, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        self.status, self.body = status, body
        self.headers = [pair for pair in headers if pair[0].lower() not in _OURS]
        self.tag = hashlib.blake2b(body, digest_size=12).hexdigest()
        self.can_be_held = status[:3] == "200"
        self._ready: dict[str, Ready] = {}

    def ready(self, encoding: str) -> Ready:
        """The answer in `encoding`: `br`, `zstd`, `gzip` or empty for none."""
        found = self._ready.get(encoding)
        if found is None:
            found = self._ready[encoding] = self._made(encoding)
        return found

    def _made(self, encoding: str) -> Ready:
        body = COMPRESSORS[encoding](self.body) if encoding else self.body
        headers = [
            *self.headers,
            ("Vary", "Accept-Encoding"),
            ("ETag", f'"{self.tag}{"-" if encoding else ""}{encoding}"'),
            ("Content-Length", str(len(body))),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        of_nothing = [pair for pair in headers if pair[0].lower() not in _OF_THE_BODY]
        return Ready(headers, [body], of_nothing)

    def is_held_by(self, if_none_match: str) -> bool:
        """Whether the reader has these very bytes, in whichever encoding (RFC 9110, section 13.1.2)."""
        return if_none_match.strip() == "*" or self.tag in if_none_match


class Page(Answer):
    """An answer that is kept: the moment under whose edition it was made, and until when it is right at the
    latest."""

    __slots__ = ("made", "until")

    def __init__(
        self,
        status: str,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        made: Moment,
        until: datetime,
    ) -> None:
        super().__init__(status, headers, body)
        self.made, self.until = made, until

    @property
    def size(self) -> int:
        """Bytes in memory, about: the compressed copies are a third each at most."""
        return len(self.body) * 2 + 1024

    @property
    def is_fleeting(self) -> bool:
        """Whether the answer itself forbids to keep it."""
        return ("Cache-Control", "no-store") in self.headers

    def take_over(self, earlier: Page) -> None:
        """Take what `earlier` has compressed, when it said the very same."""
        if (self.tag, self.status, self.headers) == (earlier.tag, earlier.status, earlier.headers):
            self._ready = earlier._ready


def newer(one: Page | None, other: Page | None) -> Page | None:
    """The page that was made later; the one that is there when the other is not."""
    if one is None or other is None:
        return one or other
    return other if other.made.since > one.made.since else one
