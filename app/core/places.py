"""Places for what several people want at once; nobody has more than a share of them."""

from __future__ import annotations

import threading
from collections import Counter


class Places:
    """So many places as `number` says, at most `share` of them for one key."""

    def __init__(self, number: int, share: int) -> None:
        self._free, self._share = number, share
        self._taken: Counter[str] = Counter()
        self._changing = threading.Lock()

    def take(self, key: str) -> bool:
        """Take a place for `key` at once; False when there is none for it."""
        with self._changing:
            if self._free == 0 or self._taken[key] >= self._share:
                return False
            self._free -= 1
            self._taken[key] += 1
            return True

    def give_back(self, key: str) -> None:
        """Free a place that was taken for `key`."""
        with self._changing:
            self._free += 1
            self._taken[key] -= 1
            self._taken += Counter()  # without the keys that have none any more
