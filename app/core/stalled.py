"""Ends the connections over which a form should have arrived: nobody else would.

Granian ends what sends no head, but it waits for the rest of a form for ever, and the thread that reads it
with it. So a thread of each worker looks which forms are late (`core/arrivals`) and closes the connections
from their addresses over which nothing was sent for as long. The thread that reads then gets the end of the
form, which is refused.

A server does not say which connection a request came over, but the kernel knows when it last sent something
(tcp(7), `TCP_INFO`). Other systems than Linux do not tell it, and leave this to the proxy in front.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from app.core.arrivals import Arrivals

# Seconds between two looks, and between the connections that are looked at without a pause: each holds Python
# for a few microseconds, and readers shall not notice.
_PAUSE, _BREATH = 1.0, 0.01
_AT_ONCE = 50
_DESCRIPTORS = "/proc/self/fd"
# `struct tcp_info` of linux/tcp.h: its first byte is the state, and at byte 44 stand the milliseconds since
# data was last sent, or since the connection was made.
_SIZE, _SINCE_SENT = 48, 44
_ESTABLISHED, _CLOSE_WAIT = 1, 8


def end_late_forms(arrivals: Arrivals, port: int) -> None:
    """Start the thread that looks after this process's connections at `port`."""
    if sys.platform == "linux" and os.path.isdir(_DESCRIPTORS):
        watch = threading.Thread(
            target=_watch, args=(arrivals, port), name="late forms", daemon=True
        )
        watch.start()


def _watch(arrivals: Arrivals, port: int) -> None:
    while True:
        time.sleep(_PAUSE)
        late = arrivals.late()
        for number, descriptor in enumerate(_descriptors() if late else ()):
            if number % _AT_ONCE == 0:
                time.sleep(_BREATH)
            _end_if_stalled(descriptor, late, port, arrivals.patience)


def _descriptors() -> Iterator[int]:
    with suppress(OSError):
        yield from map(int, os.listdir(_DESCRIPTORS))


def _end_if_stalled(descriptor: int, late: frozenset[str], port: int, patience: float) -> None:
    """Shut the connection down if one of the `late` forms may come over it."""
    with suppress(OSError):
        looked_at = socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=descriptor)
        try:
            stalled = _seconds_since_sent(looked_at) > patience
        finally:
            looked_at.detach()  # it is the server's, and stays open
        if not stalled:
            return
        # A copy cannot become another connection meanwhile.
        with socket.socket(fileno=os.dup(descriptor)) as copy:
            is_ours = copy.getsockname()[1] == port and copy.getpeername()[0] in late
            if is_ours and _seconds_since_sent(copy) > patience:
                copy.shutdown(socket.SHUT_RDWR)


def _seconds_since_sent(connection: socket.socket) -> float:
    known = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SIZE)
    if len(known) < _SIZE or known[0] not in (_ESTABLISHED, _CLOSE_WAIT):
        return 0.0
    milliseconds: int = struct.unpack_from("=I", known, _SINCE_SENT)[0]
    return milliseconds / 1000
