"""One page as bytes: its headers, and its body plain and compressed."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from datetime import datetime

import brotli

Headers = list[tuple[str, str]]

# Best for the reader per byte and millisecond: a page is compressed once and sent thousands of times.
_GZIP_LEVEL, _BROTLI_QUALITY = 6, 5
# The cache answers for these itself.
_OURS = {"content-length", "content-encoding", "etag", "vary"}


class Page:
    """What was answered at one address under one edition; compressed when first asked for so."""

    __slots__ = ("_ready", "body", "edition", "headers", "status", "tag", "until")

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
        self._ready: dict[str, tuple[Headers, bytes]] = {}

    @property
    def size(self) -> int:
        """Bytes in memory, about: the compressed copies are a third each at most."""
        return len(self.body) * 2 + 1024

    @property
    def is_fleeting(self) -> bool:
        """Whether the answer itself forbids to keep it."""
        return ("Cache-Control", "no-store") in self.headers

    def ready(self, encoding: str) -> tuple[Headers, bytes]:
        """Headers and bytes for `encoding`: `br`, `gzip` or empty for none."""
        found = self._ready.get(encoding)
        if found is None:
            found = self._ready[encoding] = self._made(encoding)
        return found

    def _made(self, encoding: str) -> tuple[Headers, bytes]:
        body = _compressed(self.body, encoding)
        headers = [
            *self.headers,
            ("Vary", "Accept-Encoding"),
            ("ETag", f'"{self.tag}{"-" if encoding else ""}{encoding}"'),
            ("Content-Length", str(len(body))),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return headers, body

    def is_held_by(self, if_none_match: str) -> bool:
        """Whether the reader has these very bytes, in whichever encoding (RFC 9110, section 13.1.2)."""
        return if_none_match.strip() == "*" or self.tag in if_none_match


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(body, _GZIP_LEVEL, mtime=0)
    if encoding == "br":
        return bytes(brotli.compress(body, quality=_BROTLI_QUALITY))
    return body


def best_encoding(accepted: str) -> str:
    """What to compress with, of what `Accept-Encoding` allows: brotli, gzip, or nothing."""
    offered = dict(_weighed(part) for part in accepted.lower().split(",")[:20])
    for encoding in ("br", "gzip"):
        if offered.get(encoding, offered.get("*", 0.0) if encoding == "gzip" else 0.0) > 0:
            return encoding
    return ""


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameters = part.partition(";")
    weight = parameters.strip().removeprefix("q=")
    try:
        return name.strip(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0
