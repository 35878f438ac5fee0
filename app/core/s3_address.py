"""The address of a place in an S3-compatible store, as a setting has it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_PREFIX = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?", re.ASCII
)
_ENDPOINT = re.compile(
    r"https?://(?:[\w.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?", re.ASCII
)
_REGION = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
_FORM = "needs s3://bucket/folder?endpoint=https://store.example.org&region=eu-west-1, without keys"


class S3Address(NamedTuple):
    """A bucket and a folder in it. Without `endpoint`, it is the store of AWS in `region`."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"

    @property
    def place(self) -> str:
        """The bucket and the folder, in the usual form."""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    def __str__(self) -> str:
        asked = [f"endpoint={self.endpoint}"] * bool(self.endpoint) + [f"region={self.region}"]
        return f"{self.place}?{'&'.join(asked)}"


def s3_address(value: str) -> S3Address | None:
    """The address in `value`; None if it is empty. Raises `ValueError` with what is needed."""
    if not value:
        return None
    try:
        found = urlsplit(value)
        asked = dict(parse_qsl(found.query, strict_parsing=True)) if found.query else {}
    except ValueError:  # its message repeats the value, which may contain a key
        raise ValueError(_FORM) from None
    if found.scheme != "s3" or found.fragment or not asked.keys() <= {"endpoint", "region"}:
        raise ValueError(_FORM)
    address = S3Address(found.netloc, found.path.strip("/"), **asked)
    address = address._replace(endpoint=address.endpoint.rstrip("/"))
    parts = zip(address, (_BUCKET, _PREFIX, _ENDPOINT, _REGION), strict=True)
    if not all(pattern.fullmatch(part) for part, pattern in parts if part or pattern is _BUCKET):
        raise ValueError(_FORM)
    return address
