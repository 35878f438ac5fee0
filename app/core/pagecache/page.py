"""One page as bytes: its headers, and its body plain and compressed."""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Headers = list[tuple[str, str]]

# Best for the reader per byte and millisecond: a page is compressed once and sent thousands of times.
_GZIP_LEVEL, _BROTLI_QUALITY, _ZSTD_LEVEL = 6, 5, 12
# The cache answers for these itself.
_OURS = {"content-length", "content-encoding", "etag", "vary"}
_OF_THE_BODY = {"content-length", "content-type", "content-encoding"}


class Ready(NamedTuple):
    """An answer in one encoding, as WSGI wants it."""

    headers: Headers
    chunks: list[bytes]
    headers_of_nothing: Headers  # for 304


class Page:
    """What was answered at one address under one edition; compressed when first asked for so."""

    __slots__ = ("_ready", "body", "can_be_held", "edition", "headers", "status", "tag", "until")

    def __init__(
        self,
        status: str,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        *,
        edition: int,
        until: datetime,
    ) -> None:
        self.status, self.body, self.edition, self.until = status, body, edition, until
        self.headers = [pair for pair in headers if pair[0].lower() not in _OURS]
        self.tag = hashlib.blake2b(body, digest_size=12).hexdigest()
        self.can_be_held = status[:3] == "200"
        self._ready: dict[str, Ready] = {}

    @property
    def size(self) -> int:
        """Bytes in memory, about: the compressed copies are a third each at most."""
        return len(self.body) * 2 + 1024

    @property
    def is_fleeting(self) -> bool:
        """Whether the answer itself forbids to keep it."""
        return ("Cache-Control", "no-store") in self.headers

    def ready(self, encoding: str) -> Ready:
        """The answer in `encoding`: `br`, `zstd`, `gzip` or empty for none."""
        found = self._ready.get(encoding)
        if found is None:
            found = self._ready[encoding] = self._made(encoding)
        return found

    def _made(self, encoding: str) -> Ready:
        body = _COMPRESSORS[encoding](self.body) if encoding else self.body
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

    def take_over(self, earlier: Page) -> None:
        """Take what `earlier` has compressed, when it said the very same."""
        if (self.tag, self.status, self.headers) == (earlier.tag, earlier.status, earlier.headers):
            self._ready = earlier._ready

    def is_held_by(self, if_none_match: str) -> bool:
        """Whether the reader has these very bytes, in whichever encoding (RFC 9110, section 13.1.2)."""
        return if_none_match.strip() == "*" or self.tag in if_none_match


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=_BROTLI_QUALITY))


def _zstd(body: bytes) -> bytes:
    return zstd.compress(body, _ZSTD_LEVEL)


# In the order in which they are preferred by us: brotli knows the words of HTML beforehand.
_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "zstd": _zstd, "gzip": _gzip}


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """What to compress with: of what `Accept-Encoding` weighs highest, the one that makes it smallest.

    Empty for nothing. Browsers send a handful of different values, so each is read once.
    """
    offered = dict(_weighed(part) for part in accepted.lower().split(",")[:20])
    others = offered.get("*", 0.0)
    weights = {name: offered.get(name, others if name == "gzip" else 0.0) for name in _COMPRESSORS}
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] > 0 else ""


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameters = part.partition(";")
    weight = parameters.strip().removeprefix("q=")
    try:
        return name.strip(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0
