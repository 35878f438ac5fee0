"""The encodings in which responses are sent, and which of them is best for a reader."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# While a reader waits: the best balance of size and time.
_GZIP_LEVEL, _BROTLI_QUALITY, _ZSTD_LEVEL = 6, 5, 12
# While nobody waits: a page of 45 KB takes 15 ms and becomes 8 % smaller. The next quality makes it another
# 2 % smaller, but takes four times as long.
_SLOW_QUALITY = 10


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=_BROTLI_QUALITY))


def _zstd(body: bytes) -> bytes:
    return zstd.compress(body, _ZSTD_LEVEL)


def compress_slowly(body: bytes) -> bytes:
    """Brotli, as small as it gets within some hundredths of a second."""
    return bytes(brotli.compress(body, quality=_SLOW_QUALITY))


_LONGEST_HEADER = 300  # characters
# In our order of preference: brotli has a built-in dictionary of HTML.
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "zstd": _zstd, "gzip": _gzip}


def best_encoding(accepted: str) -> str:
    """The encoding with the highest weight in `Accept-Encoding`; among equals, our preferred one.

    Empty for none. Browsers send only a handful of different values, so each is parsed once; of a header
    that is longer than any of theirs, only the beginning counts.
    """
    return _best(accepted[:_LONGEST_HEADER])


@lru_cache(maxsize=256)
def _best(accepted: str) -> str:
    offered = dict(_weighed(part) for part in accepted.lower().split(",")[:20])
    others = offered.get("*", 0.0)
    weights = {name: offered.get(name, others if name == "gzip" else 0.0) for name in COMPRESSORS}
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] > 0 else ""


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameters = part.partition(";")
    weight = parameters.strip().removeprefix("q=")
    try:
        return name.strip(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0
