"""A lock that is given in the order of asking.

The one of the standard library goes to whoever comes first when it is free: a thread that writes a little again and again
(the search index catching up) takes it back before one that waits has woken, and a person's save would wait in vain.
"""

from __future__ import annotations

import threading
from collections import deque


class FairLock:
    """Held by one at a time; whoever waits longest is next. A thread must not ask for it again while it holds it."""

    def __init__(self) -> None:
        self._inner = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """Take it, waiting at most so many seconds; return whether it is held now."""
        with self._inner:
            if not self._held:
                self._held = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._inner:
            if mine not in self._waiting:
                return True  # handed over in the last moment
            self._waiting.remove(mine)
            return False

    def release(self) -> None:
        """Hand it to who waits longest, else let it lie."""
        with self._inner:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
