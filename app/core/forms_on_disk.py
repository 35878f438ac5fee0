"""Receives forms with files to the disk, so that they occupy no memory. `core/form_intake` calls this."""

from __future__ import annotations

from tempfile import TemporaryFile
from wsgiref.types import WSGIEnvironment

_ON_DISK = "stet.form_on_disk"
_PIECE = 64 * 1024  # bytes that are in memory at once


def receive_to_disk(environ: WSGIEnvironment, length: int) -> bool:
    """Put a file with the form in place of the stream; whether the whole form has arrived.

    Raises `OSError` when the disk has no room for it.
    """
    file = TemporaryFile()  # noqa: SIM115  # the application reads it, and `discard` closes it
    environ[_ON_DISK] = file
    stream, left = environ["wsgi.input"], length
    while left and (part := stream.read(min(_PIECE, left))):
        file.write(part)
        left -= len(part)
    file.seek(0)
    environ["wsgi.input"] = file
    return left == 0


def discard(environ: WSGIEnvironment) -> None:
    """Give back what the form of this request occupies on the disk, if it does."""
    file = environ.pop(_ON_DISK, None)
    if file is not None:
        file.close()
