"""Says in the log, once a minute, that the disk takes nothing more. A quiet site would else not notice."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.core import clock
from app.core.disk import fault_at
from app.core.jobs import Job

_EVERY = timedelta(minutes=1)
_LOG = logging.getLogger(__name__)


class DiskWatch:
    """Watches the disk of the folder `instance`, with those of the other processes of the site."""

    def __init__(self, instance: Path) -> None:
        self._instance = instance
        self._next_look = datetime.min.replace(tzinfo=UTC)
        self._lock = -1
        self._quiet_until = 0.0

    @property
    def job(self) -> Job:
        """Looks once a minute."""
        return Job("disk", lambda: self._next_look, self._look)

    def report(self, fault: str) -> None:
        """Log it, unless this or another process has done so within a minute."""
        if self._is_my_turn():
            _LOG.error(
                "The disk of %s is %s: nothing can be saved. Readers are served what was made before.",
                self._instance,
                fault,
            )

    def _look(self) -> bool:
        self._next_look = clock.now() + _EVERY
        if fault := fault_at(self._instance):
            self.report(fault)
        return True

    def _is_my_turn(self) -> bool:
        """One process speaks for all: the one that has a lock on the folder, which needs no file."""
        if self._lock < 0:
            with suppress(OSError):
                opened = os.open(self._instance, os.O_RDONLY | os.O_CLOEXEC)
                try:
                    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    os.close(opened)
                else:
                    self._lock = opened
        if self._lock < 0 or time.monotonic() < self._quiet_until:
            return False
        self._quiet_until = time.monotonic() + _EVERY.total_seconds()
        return True
