"""The encodings in which answers are sent, and which of them suits a reader best."""

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

# Best for the reader per byte and millisecond: a page is compressed once and sent thousands of times.
_GZIP_LEVEL, _BROTLI_QUALITY, _ZSTD_LEVEL = 6, 5, 12


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=_BROTLI_QUALITY))


def _zstd(body: bytes) -> bytes:
    return zstd.compress(body, _ZSTD_LEVEL)


# In the order in which they are preferred by us: brotli knows the words of HTML beforehand.
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "zstd": _zstd, "gzip": _gzip}


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """What to compress with: of what `Accept-Encoding` weighs highest, the one that makes it smallest.

    Empty for nothing. Browsers send a handful of different values, so each is read once.
    """
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
