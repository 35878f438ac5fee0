"""Ends connections on which the server has had nothing to send for long: mostly forms that never end.

Granian ends what sends no head, but it waits for the rest of a form for ever, and the thread that reads it
with it. So one thread of each worker looks at the worker's connections and closes those to which no byte was
sent for `LONGEST` seconds: a form that is still arriving by then, whether in drops or not at all, or an
answer that nobody fetches. The thread that waits then gets the end of the form, which is refused.

The kernel knows when it last sent something (tcp(7), `TCP_INFO`); other systems than Linux do not say so, and
leave this to the proxy in front.
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

# Seconds in which a form must have arrived and been answered; a story on a very slow line needs ten of them.
LONGEST = 60.0
# Seconds between two looks, and between the connections that are looked at without a pause: each holds Python
# for a few microseconds, and readers shall not notice.
_PAUSE, _BREATH = 1.0, 0.01
_AT_ONCE = 50
_DESCRIPTORS = "/proc/self/fd"
# `struct tcp_info` of linux/tcp.h: its first byte is the state, and at byte 44 stand the milliseconds since
# data was last sent, or since the connection was made.
_SIZE, _SINCE_SENT = 48, 44
_ESTABLISHED, _CLOSE_WAIT = 1, 8


def end_stalled_connections(port: int, longest: float = LONGEST) -> None:
    """Start the thread that looks after this process's connections at `port`."""
    if sys.platform == "linux" and os.path.isdir(_DESCRIPTORS):
        threading.Thread(target=_watch, args=(port, longest), name="stalled", daemon=True).start()


def _watch(port: int, longest: float) -> None:
    while True:
        time.sleep(_PAUSE)
        for number, descriptor in enumerate(_descriptors()):
            if number % _AT_ONCE == 0:
                time.sleep(_BREATH)
            if _is_stalled(descriptor, longest):
                _end(descriptor, port, longest)


def _descriptors() -> Iterator[int]:
    with suppress(OSError):
        yield from map(int, os.listdir(_DESCRIPTORS))


def _is_stalled(descriptor: int, longest: float) -> bool:
    """Whether it is an open TCP connection of any kind to which nothing was sent for so long."""
    with suppress(OSError):
        looked_at = socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=descriptor)
        try:
            return _seconds_since_sent(looked_at) > longest
        finally:
            looked_at.detach()  # it is the server's, and stays open
    return False


def _seconds_since_sent(connection: socket.socket) -> float:
    known = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SIZE)
    if len(known) < _SIZE or known[0] not in (_ESTABLISHED, _CLOSE_WAIT):
        return 0.0
    milliseconds: int = struct.unpack_from("=I", known, _SINCE_SENT)[0]
    return milliseconds / 1000


def _end(descriptor: int, port: int, longest: float) -> None:
    """Shut it down, if it is a connection at `port`; a copy cannot become another one meanwhile."""
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as copy:
        if copy.getsockname()[1] == port and _seconds_since_sent(copy) > longest:
            copy.shutdown(socket.SHUT_RDWR)
