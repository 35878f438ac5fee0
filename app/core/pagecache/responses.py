"""Responses as bytes: a body with its headers, plain and compressed; and pages, which the cache keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.core.pagecache.encodings import COMPRESSORS, compress_slowly

Headers = list[tuple[str, str]]

# Set here, or by the server: a cached page must not carry the date on which it was rendered.
_SET_HERE = {"accept-ranges", "content-length", "content-encoding", "etag", "vary", "date"}
_ABOUT_THE_BODY = {"content-length", "content-type", "content-encoding"}
_RECOMPRESSED = "br, recompressed"  # marks that "br" holds it; pages with the same body share both


class EncodedResponse(NamedTuple):
    """A response in one encoding, as WSGI wants it."""

    headers: Headers
    chunks: list[bytes]
    headers_without_body: Headers  # for 304


class Snapshot(NamedTuple):
    """An edition number, and when it was the current one, in seconds since 1970."""

    edition: int
    taken_at: float

    def is_current_at(self, other: Snapshot) -> bool:
        """Whether what was rendered from this snapshot is still right at `other`.

        The edition number alone would not tell: in a database restored from a backup it is lower again.
        """
        return self.edition == other.edition or self.taken_at >= other.taken_at


class StoredResponse:
    """The application's response to one request; each encoding is made when it is first asked for."""

    __slots__ = ("_encoded", "body", "headers", "is_revalidated", "status", "tag")

    def __init__(self, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        self.status, self.body = status, body
        self.headers = [pair for pair in headers if pair[0].lower() not in _SET_HERE]
        self.tag = hashlib.blake2b(body, digest_size=12).hexdigest()
        # Whether a reader who has it may be answered with 304.
        self.is_revalidated = status[:3] == "200"
        self._encoded: dict[str, EncodedResponse] = {}

    def encoded(self, encoding: str) -> EncodedResponse:
        """The response in `encoding`: `br`, `zstd`, `gzip` or empty for none."""
        found = self._encoded.get(encoding)
        if found is None:
            body = COMPRESSORS[encoding](self.body) if encoding else self.body
            mark = f"-{encoding}" if encoding else ""
            found = self._encoded[encoding] = self._with_headers(body, encoding, mark)
        return found

    def matches(self, if_none_match: str) -> bool:
        """Whether the reader has this body, in whichever encoding (RFC 9110, section 13.1.2)."""
        return if_none_match.strip() == "*" or self.tag in if_none_match

    def _with_headers(self, body: bytes, encoding: str, mark: str) -> EncodedResponse:
        """`mark` makes the tags of different bytes for the same content different."""
        headers = [
            *self.headers,
            ("Vary", "Accept-Encoding"),
            ("ETag", f'"{self.tag}{mark}"'),
            ("Content-Length", str(len(body))),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        without_body = [pair for pair in headers if pair[0].lower() not in _ABOUT_THE_BODY]
        return EncodedResponse(headers, [body], without_body)


class CachedPage(StoredResponse):
    """A response that is kept: the snapshot it was rendered from, and when it expires at the latest."""

    __slots__ = ("expires", "rendered")

    def __init__(
        self,
        status: str,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        rendered: Snapshot,
        expires: datetime,
    ) -> None:
        super().__init__(status, headers, body)
        self.rendered, self.expires = rendered, expires

    @property
    def size(self) -> int:
        """Bytes in memory, about: each compressed copy takes a third of the body at most."""
        return len(self.body) * 2 + 1024

    @property
    def forbids_caching(self) -> bool:
        """Whether it says that it must not be kept (RFC 9111, section 5.2.2), or sets a cookie."""
        said = (value for name, value in self.headers if name.lower() == "cache-control")
        directives = {each.partition("=")[0].strip().lower() for each in ",".join(said).split(",")}
        return self.sets_cookie or not directives.isdisjoint(("no-store", "private"))

    @property
    def sets_cookie(self) -> bool:
        """Whether it is for one reader only, so that not even those who wait for it may share it."""
        return any(name.lower() == "set-cookie" for name, _ in self.headers)

    @property
    def is_never_stale(self) -> bool:
        """Whether it may not be shown when it cannot be made anew (RFC 5861, section 4)."""
        return any(
            name == "Cache-Control" and "stale-if-error=0" in value for name, value in self.headers
        )

    def recompress(self) -> None:
        """Compress it better, for all who ask for brotli from now on; no request should wait for that."""
        if _RECOMPRESSED not in self._encoded:
            better = self._with_headers(compress_slowly(self.body), "br", "-dense")
            self._encoded[_RECOMPRESSED] = self._encoded["br"] = better

    def take_encodings_of(self, earlier: CachedPage) -> None:
        """Use what was compressed for `earlier`, if it says the very same."""
        if (self.tag, self.status, self.headers) == (earlier.tag, earlier.status, earlier.headers):
            self._encoded = earlier._encoded


def newer(one: CachedPage | None, other: CachedPage | None) -> CachedPage | None:
    """The page that was rendered later; the one that exists when the other does not."""
    if one is None or other is None:
        return one or other
    return other if other.rendered.taken_at > one.rendered.taken_at else one
