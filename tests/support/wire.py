"""A wire to PostgreSQL that can go dead: whatever is sent stays on the way, and no connection is closed.

So a database is lost to a network that fails, or to a machine that hangs.
"""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Wire:
    """Carries bytes between a port of this machine and a server's socket file while `is_dead` is false."""

    def __init__(self, target: Path) -> None:
        self.is_dead = False
        self._target, self._ends = str(target), dict[socket.socket, socket.socket]()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()

    def _carry(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._stopped.is_set():
                ready = selector.select(0.05)
                for key, _ in ready if not self.is_dead else ():
                    end = key.fileobj
                    assert isinstance(end, socket.socket)
                    if end is self._listener:
                        for each in self._connected():
                            selector.register(each, selectors.EVENT_READ)
                    elif end.fileno() >= 0 and not self._passed_on(end):
                        for each in (end, self._ends[end]):  # the other may be ready, too
                            selector.unregister(each)
                            each.close()
                if self.is_dead:
                    self._stopped.wait(0.05)

    def _connected(self) -> tuple[socket.socket, socket.socket]:
        near, _ = self._listener.accept()
        far = socket.socket(socket.AF_UNIX)
        far.connect(self._target)
        self._ends |= {near: far, far: near}
        return near, far

    def _passed_on(self, end: socket.socket) -> bool:
        try:
            data = end.recv(65536)
            self._ends[end].sendall(data)
        except OSError:
            return False
        return bool(data)

    def stop(self) -> None:
        """Let go of all connections."""
        self._stopped.set()
        self._thread.join()
        for each in (self._listener, *self._ends):
            each.close()


@contextmanager
def wire_to(folder: Path) -> Iterator[Wire]:
    """A wire to the server whose socket file lies in `folder`, until the block ends."""
    wire = Wire(folder / ".s.PGSQL.5432")
    try:
        yield wire
    finally:
        wire.stop()
